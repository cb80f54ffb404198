import type { MessageKind } from '../../../../protocol/trace/trace.ts';

import { method } from '../natives.ts';

const encoder = new TextEncoder();
const encode = method(encoder.encode as (this: TextEncoder, text: string) => Uint8Array);

/** Returns the size of a text in UTF-8, in bytes. */
export const bytesOf = (text: string): number => encode(encoder, text).length;

/** Returns a message's kind and the bytes of its payload, as `send()` converts it (WHATWG WebSockets). */
export function sizeOf(data: unknown): { kind: MessageKind; length: number } {
  if (data instanceof ArrayBuffer || ArrayBuffer.isView(data)) return { kind: 'binary', length: data.byteLength };
  if (data instanceof Blob) return { kind: 'binary', length: data.size };
  return { kind: 'text', length: bytesOf(`${data as string}`) };
}
