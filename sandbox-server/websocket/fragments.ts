import type { WebSocket } from 'ws';
import type { Behaviour } from './behaviour.ts';

/** A message comes in no more frames than this, whatever its size: 64 KiB byte by byte would be work for both ends. */
export const mostFragments = 256;

/**
 * Sends a message in frames of `fragmentBytes` of payload (RFC 6455 §5.4), and with `pingBetween` a ping in their middle: a control
 * frame may stand between the fragments of a message (§5.5). A text is cut by bytes, so that a frame may end inside a character.
 */
export function sendInFragments(
  webSocket: WebSocket,
  data: string | Uint8Array,
  { fragmentBytes, pingBetween }: Pick<Behaviour, 'fragmentBytes' | 'pingBetween'>,
): void {
  const binary = typeof data !== 'string';
  const payload = typeof data === 'string' ? Buffer.from(data) : data;
  const size = Math.max(fragmentBytes, Math.ceil(payload.length / mostFragments));
  const count = Math.max(1, Math.ceil(payload.length / size));
  for (let i = 0; i < count; i++) {
    if (pingBetween && i > 0 && i === count >> 1) webSocket.ping('in between');
    webSocket.send(payload.subarray(i * size, (i + 1) * size), { binary, fin: i === count - 1 });
  }
}
