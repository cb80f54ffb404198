/** The body of a Close frame: code, then reason (RFC 6455 §5.5.1). */
import { concatBytes } from '../../protocol/collections/concat-bytes.ts';
import type { CloseArguments } from './close-arguments.ts';

/**
 * Returns the body for what a program passed to `close()`: empty without code and reason. A reason alone goes with 1000, as the
 * body begins with a code (WHATWG WebSockets §3.1, "close the WebSocket").
 */
export function closeBody({ code, reason = '' }: CloseArguments): Uint8Array {
  if (code === undefined && reason === '') return new Uint8Array(0);
  const number = code ?? 1000;
  return concatBytes([Uint8Array.of(number >> 8, number & 0xff), new TextEncoder().encode(reason)]);
}
