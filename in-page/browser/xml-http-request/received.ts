/** What has come of a response, as an XMLHttpRequest gives it to a program (XHR §3.6). */
import { concatBytes } from '../../../protocol/collections/concat-bytes.ts';
import type { FetchedHead } from '../http/fetching.ts';

/** What `responseType` may be here. A Worker has no documents. */
export const responseTypes = ['', 'arraybuffer', 'blob', 'json', 'text'] as const;
export type ReceivedType = (typeof responseTypes)[number];

export class Received {
  readonly head: FetchedHead;
  readonly #pieces: Uint8Array<ArrayBuffer>[] = [];
  /** The type that the program has set in place of the server's. */
  readonly #overridden: string | undefined;
  #length = 0;
  #object: { value: unknown } | undefined;

  constructor(head: FetchedHead, overridden: string | undefined) {
    this.head = head;
    this.#overridden = overridden;
  }

  /** Bytes of content that have come. */
  get length(): number {
    return this.#length;
  }

  /** Bytes of content that the head announces; 0 where it does not. */
  get total(): number {
    return Number(this.header('content-length') ?? 0) || 0;
  }

  add(bytes: Uint8Array<ArrayBuffer>): void {
    this.#pieces.push(bytes);
    this.#length += bytes.length;
  }

  /** Returns the values of a field as one; null where it is not there. */
  header(name: string): string | null {
    const values = this.head.fields.filter(([own]) => own.toLowerCase() === name.toLowerCase()).map(([, value]) => value);
    return values.length > 0 ? values.join(', ') : null;
  }

  /** Returns all fields, one a line, by their names in lower case and in order. */
  headers(): string {
    const names = [...new Set(this.head.fields.map(([name]) => name.toLowerCase()))].sort();
    return names.map((name) => `${name}: ${this.header(name) ?? ''}\r\n`).join('');
  }

  text(): string {
    const charset = /;\s*charset="?([^\s";]+)/i.exec(this.#type)?.[1] ?? 'utf-8';
    return decoderOf(charset).decode(this.#bytes());
  }

  /** Returns the content as this type, always the same object. Content that is no JSON is null. */
  object(type: Exclude<ReceivedType, '' | 'text'>): unknown {
    this.#object ??= { value: this.#made(type) };
    return this.#object.value;
  }

  get #type(): string {
    return this.#overridden ?? this.header('content-type') ?? '';
  }

  #bytes(): Uint8Array<ArrayBuffer> {
    return concatBytes(this.#pieces);
  }

  #made(type: Exclude<ReceivedType, '' | 'text'>): unknown {
    if (type === 'arraybuffer') return this.#bytes().buffer;
    if (type === 'blob') return new Blob([this.#bytes()], { type: this.#type });
    try {
      return JSON.parse(new TextDecoder().decode(this.#bytes())) as unknown;
    } catch {
      return null;
    }
  }
}

/** Returns a decoder for a charset; for UTF-8 where it is not known. */
function decoderOf(charset: string): TextDecoder {
  try {
    return new TextDecoder(charset);
  } catch {
    return new TextDecoder();
  }
}
