/** Reads one HTTP/1.1 message from the bytes of a connection: its head, its content, and where it ends (RFC 9112 §6, §7.1). */
import { concatBytes } from '../../../protocol/collections/concat-bytes.ts';
import { fieldValue, type HttpHead, parseHttpHead } from '../../../protocol/wire/handshake.ts';
import { headLength } from '../http-head.ts';
import { ChunkedContent } from './chunked-content.ts';

/** How a message's end is found: by a length in bytes, by chunks, or by the end of the stream; or it is 1xx, and another head follows. */
export type Framing = { by: 'length'; length: number } | { by: 'chunks' } | { by: 'end' } | { by: 'another head' };

/** What some bytes of the stream gave. */
export interface MessagePiece {
  /** The bytes that belong to the message, as they came; a head comes whole. */
  bytes: Uint8Array;
  /** Present on the piece that completes a head. */
  head: HttpHead | undefined;
  /** Bytes of the content, without the sizes of chunks. */
  content: Uint8Array[];
  /** True once the message is whole. */
  isWhole: boolean;
  /** What follows the message. */
  rest: Uint8Array;
}

const none = new Uint8Array(0);

/** Returns the first of the numbers in a Content-Length; 0 where it is none. */
const lengthOf = (head: HttpHead): number | undefined => {
  const value = fieldValue(head, 'Content-Length');
  return value === undefined ? undefined : Number.parseInt(value, 10) || 0;
};

const isChunked = (head: HttpHead): boolean => /\bchunked\s*$/i.test(fieldValue(head, 'Transfer-Encoding') ?? '');

/** Returns how the end of a request is found (RFC 9112 §6.3). */
export function requestFraming(head: HttpHead): Framing {
  return isChunked(head) ? { by: 'chunks' } : { by: 'length', length: lengthOf(head) ?? 0 };
}

/** Returns the status code of a response's head; 0 where it has none. */
export const statusOf = ({ startLine }: HttpHead): number => Number(/^HTTP\/\d\.\d (\d{3})/.exec(startLine)?.[1] ?? 0);

/** Returns how the end of a response to a request of that method is found (RFC 9112 §6.3). */
export function responseFraming(head: HttpHead, method: string): Framing {
  const status = statusOf(head);
  if (status >= 100 && status < 200) return { by: 'another head' };
  if (method === 'HEAD' || status === 204 || status === 304) return { by: 'length', length: 0 };
  if (isChunked(head)) return { by: 'chunks' };
  const length = lengthOf(head);
  return length === undefined ? { by: 'end' } : { by: 'length', length };
}

export class HttpMessage {
  readonly #framingOf: (head: HttpHead) => Framing;
  #pending: Uint8Array | undefined = none;
  #framing: Framing | undefined;
  #left = 0;
  readonly #chunks = new ChunkedContent();
  #isWhole = false;

  constructor(framingOf: (head: HttpHead) => Framing) {
    this.#framingOf = framingOf;
  }

  get isWhole(): boolean {
    return this.#isWhole;
  }

  /** True where only the end of the stream ends the message: it is whole then. */
  get endsWithStream(): boolean {
    return this.#framing?.by === 'end';
  }

  /** True where the content breaks the rules of its framing; no more of it can be read. */
  get isBroken(): boolean {
    return this.#chunks.isBroken;
  }

  /** Takes the next bytes. They are kept until a head is whole. */
  take(bytes: Uint8Array): MessagePiece {
    if (!this.#pending) return this.#content(bytes);
    const written = concatBytes([this.#pending, bytes]);
    const length = headLength(written);
    this.#pending = written;
    if (length < 0) return { bytes: none, head: undefined, content: [], isWhole: false, rest: none };
    const head = parseHttpHead(latin1(written.subarray(0, length)));
    const framing = this.#framingOf(head);
    this.#pending = framing.by === 'another head' ? none : undefined;
    this.#framing = framing;
    if (framing.by === 'another head') {
      return { bytes: written.slice(0, length), head, content: [], isWhole: false, rest: written.subarray(length) };
    }
    if (framing.by === 'length') this.#left = framing.length;
    const piece = this.#content(written.subarray(length));
    return { ...piece, head, bytes: written.slice(0, length + piece.bytes.length) };
  }

  #content(bytes: Uint8Array): MessagePiece {
    const { content, isWhole, rest } = this.#read(bytes);
    this.#isWhole = isWhole;
    return { bytes: bytes.subarray(0, bytes.length - rest.length), head: undefined, content, isWhole, rest };
  }

  #read(bytes: Uint8Array): Pick<MessagePiece, 'content' | 'isWhole' | 'rest'> {
    if (this.#framing?.by === 'chunks') return this.#chunks.take(bytes);
    if (this.#framing?.by === 'end') return { content: bytes.length > 0 ? [bytes] : [], isWhole: false, rest: none };
    const content = bytes.subarray(0, this.#left);
    this.#left -= content.length;
    return { content: content.length > 0 ? [content] : [], isWhole: this.#left === 0, rest: bytes.subarray(content.length) };
  }
}

/** Returns each byte as one character, as the fields of a head are read (RFC 9110 §5.5). */
function latin1(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
