/**
 * Splits the bytes of a request, or of one part of a response, into head, content and the content's framing (RFC 9112 §2.1,
 * §7.1).
 */
import type { HttpExchange, ResponsePart } from './exchange.ts';
import { fieldValue, type HttpHead, parseHttpHead } from '../wire/handshake.ts';
import { fromHex } from './trace.ts';

/** The bytes of a message, or of a part of one, by purpose. */
export interface HttpBytes {
  /** Undefined for a part that has none: all but the first of a stream. */
  head: HttpHead | undefined;
  /** Bytes of the head, including its empty line. */
  headLength: number;
  /** Bytes that give the length of each chunk. */
  framingLength: number;
  content: Uint8Array;
}

/** Latin-1 shows each byte as one character, so that positions in the text are positions in the bytes. */
const characters = (bytes: Uint8Array): string => {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
};

/** Returns true if the content comes in chunks (RFC 9112 §7.1). */
export const isChunked = (head: HttpHead): boolean => /\bchunked\b/i.test(fieldValue(head, 'Transfer-Encoding') ?? '');

/** Returns the request's bytes, or the first `most` of them; undefined until they are captured. */
export function requestBytes({ request }: HttpExchange, most = Infinity): HttpBytes | undefined {
  return request.bytes === undefined ? undefined : split(fromHex(request.bytes.slice(0, 2 * most)), undefined);
}

/** Returns the bytes of one part of the response, or the first `most` of them; undefined until they are captured. */
export function responseBytes({ parts }: HttpExchange, part: number, most = Infinity): HttpBytes | undefined {
  const bytes = parts[part]?.bytes;
  if (bytes === undefined) return undefined;
  return split(fromHex(bytes.slice(0, 2 * most)), part === 0 ? undefined : comesInChunks(parts[0]));
}

/** Caches the answer by first part, once its head is known: thousands of others may follow, and the head is read once. */
const chunked = new WeakMap<ResponsePart, boolean>();

function comesInChunks(first: ResponsePart | undefined): boolean {
  if (first?.bytes === undefined) return false;
  let known = chunked.get(first);
  if (known === undefined) chunked.set(first, (known = isChunked(headOf(fromHex(first.bytes)).head)));
  return known;
}

function headOf(bytes: Uint8Array): { head: HttpHead; length: number } {
  const text = characters(bytes);
  const end = text.indexOf('\r\n\r\n');
  return { head: parseHttpHead(text), length: end < 0 ? bytes.length : end + 4 };
}

/** Splits bytes by purpose. `inChunks` says how a part without a head is framed. */
function split(bytes: Uint8Array, inChunks: boolean | undefined): HttpBytes {
  const { head, length } = inChunks === undefined ? headOf(bytes) : { head: undefined, length: 0 };
  const body = bytes.subarray(length);
  const content = (inChunks ?? (head !== undefined && isChunked(head))) ? dechunked(body) : body;
  return { head, headLength: length, framingLength: body.length - content.length, content };
}

/** Joins chunks (RFC 9112 §7.1), as far as they go if the end was cut off. */
export function dechunked(body: Uint8Array): Uint8Array {
  const text = characters(body);
  const content: number[] = [];
  for (let at = 0; at < body.length;) {
    const line = text.indexOf('\r\n', at);
    const size = line < 0 ? NaN : Number.parseInt(text.slice(at, line), 16);
    if (!(size > 0)) break;
    for (const byte of body.subarray(line + 2, line + 2 + size)) content.push(byte);
    at = line + 2 + size + 2;
  }
  return Uint8Array.from(content);
}

/** A whole request or response. */
export interface HttpMessage {
  head: HttpHead;
  /** Bytes on the wire: head, content and chunk sizes. */
  bytes: number;
  /** The content as text, with its transfer coding removed. */
  text: string;
}

/** Returns the request of an exchange; undefined until it was captured. */
export function requestOf({ request }: HttpExchange): HttpMessage | undefined {
  return request.bytes === undefined ? undefined : messageOf(fromHex(request.bytes));
}

/** Returns the response of an exchange, as far as it was written; undefined until its head was. */
export function responseOf({ parts }: HttpExchange): HttpMessage | undefined {
  return parts[0]?.bytes === undefined ? undefined : messageOf(fromHex(parts.map(({ bytes = '' }) => bytes).join('')));
}

function messageOf(bytes: Uint8Array): HttpMessage {
  const { head, length } = headOf(bytes);
  const body = bytes.subarray(length);
  return { head, bytes: bytes.length, text: new TextDecoder().decode(isChunked(head) ? dechunked(body) : body) };
}
