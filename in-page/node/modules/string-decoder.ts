/** Node's module `string_decoder`: text from bytes that may be cut within a character. */
import { Buffer, bufferOf } from '../buffer.ts';

/** Bytes that make whole characters, for encodings other than UTF-8. */
const groups: Record<string, number> = { base64: 3, base64url: 3, utf16le: 2, ucs2: 2 };

export class StringDecoder {
  readonly encoding: string;
  readonly #decoder: TextDecoder | undefined;
  #rest = Buffer.alloc(0);

  constructor(encoding = 'utf8') {
    this.encoding = encoding.toLowerCase().replace('utf-8', 'utf8');
    // Node keeps a byte order mark.
    this.#decoder = this.encoding === 'utf8' ? new TextDecoder('utf-8', { ignoreBOM: true }) : undefined;
  }

  /** Returns the characters that are whole. */
  write(data: Uint8Array | string): string {
    if (typeof data === 'string') return data;
    if (this.#decoder) return this.#decoder.decode(data, { stream: true });
    const bytes = Buffer.concat([this.#rest, data]);
    const whole = bytes.length - (bytes.length % (groups[this.encoding] ?? 1));
    this.#rest = bytes.subarray(whole) as Buffer<ArrayBuffer>;
    return bufferOf(bytes.subarray(0, whole)).toString(this.encoding as BufferEncoding);
  }

  /** Returns what is left, with a replacement character for one that is not whole. */
  end(data?: Uint8Array | string): string {
    const text = data === undefined ? '' : this.write(data);
    const rest = this.#decoder ? this.#decoder.decode() : this.#rest.toString(this.encoding as BufferEncoding);
    this.#rest = Buffer.alloc(0);
    return text + rest;
  }
}
