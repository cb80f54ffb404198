/** What a program may send, as WebIDL converts `(BufferSource or Blob or USVString)` (WHATWG WebSockets §3.1). */
import type { MessageKind } from '../../protocol/trace/trace.ts';

/** A message on its way out. */
export interface SentData {
  kind: MessageKind;
  /** Bytes of payload. */
  length: number;
  /** The payload; a Blob must be read first. */
  content: Uint8Array | Blob;
}

/** Copies the bytes, which the program may change afterwards. */
const binary = (bytes: Uint8Array): SentData => ({ kind: 'binary', length: bytes.length, content: bytes.slice() });

/** Converts what a program sends. Throws a TypeError for what cannot be converted. Lone surrogates become U+FFFD. */
export function sentData(data: unknown): SentData {
  if (data instanceof ArrayBuffer) return binary(new Uint8Array(data));
  if (ArrayBuffer.isView(data)) {
    if (!(data.buffer instanceof ArrayBuffer)) {
      throw new TypeError("Failed to execute 'send' on 'WebSocket': The provided ArrayBufferView value must not be shared.");
    }
    return binary(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  }
  if (data instanceof Blob) return { kind: 'binary', length: data.size, content: data };
  const bytes = new TextEncoder().encode(`${data as string}`);
  return { kind: 'text', length: bytes.length, content: bytes };
}
