/** A body as a program hands it to `fetch`, as bytes with its type (Fetch §5.2, "extract a body"). */
import type { RandomBytes } from '../parts.ts';
import { multipart } from './multipart.ts';

/** The bytes: at once, or once a Blob is read (real work of the platform's) or a stream of the program's has ended. */
export type BodyBytes =
  | { kind: 'bytes'; bytes: Uint8Array<ArrayBuffer> }
  | { kind: 'work'; bytes: () => Promise<Uint8Array<ArrayBuffer>> }
  | { kind: 'stream'; stream: ReadableStream };

export interface RequestBody {
  content: BodyBytes;
  /** Its `Content-Type`; undefined for none. */
  type: string | undefined;
}

const ready = (bytes: Uint8Array<ArrayBuffer>, type?: string): RequestBody => ({ content: { kind: 'bytes', bytes }, type });
const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

/** Copies what the program may change later. Anything that is no body is taken as a string, as WebIDL does. */
export function requestBody(body: unknown, random: RandomBytes): RequestBody {
  if (body instanceof URLSearchParams) return ready(utf8(body.toString()), 'application/x-www-form-urlencoded;charset=UTF-8');
  if (body instanceof ArrayBuffer) return ready(new Uint8Array(body).slice());
  if (ArrayBuffer.isView(body)) return ready(new Uint8Array(body.buffer, body.byteOffset, body.byteLength).slice());
  if (body instanceof ReadableStream) return { content: { kind: 'stream', stream: body }, type: undefined };
  if (body instanceof FormData) return multipart(body, random);
  if (body instanceof Blob) {
    const bytes = async (): Promise<Uint8Array<ArrayBuffer>> => new Uint8Array(await body.arrayBuffer());
    return { content: { kind: 'work', bytes }, type: body.type || undefined };
  }
  return ready(utf8(`${body as string}`.toWellFormed()), 'text/plain;charset=UTF-8');
}
