import type { MessageKind } from '../../../protocol/trace.ts';

const encoder = new TextEncoder();

/** What a message is and how many bytes its payload takes, as `send()` converts it (WHATWG WebSockets). */
export function sizeOf(data: unknown): { kind: MessageKind; length: number } {
  if (data instanceof ArrayBuffer || ArrayBuffer.isView(data)) return { kind: 'binary', length: data.byteLength };
  if (data instanceof Blob) return { kind: 'binary', length: data.size };
  return { kind: 'text', length: encoder.encode(`${data as string}`).length };
}
