/** Takes content out of its chunks, as its bytes come (RFC 9112 §7.1). Extensions and trailers are skipped. */
import { concatBytes } from '../../../protocol/collections/concat-bytes.ts';

/** What some bytes gave. */
export interface ChunkedPiece {
  content: Uint8Array[];
  isWhole: boolean;
  /** What follows the content. */
  rest: Uint8Array;
}

const lf = 0x0a;
const none = new Uint8Array(0);

export class ChunkedContent {
  /** The beginning of a line that is not whole. */
  #line: Uint8Array = none;
  /** What the next line is, where it is not within a chunk's data. */
  #next: 'size' | 'end of data' | 'trailer' = 'size';
  /** Bytes of the present chunk that are still to come. */
  #left = 0;
  #isBroken = false;

  /** True after a size that is no number in hexadecimal. */
  get isBroken(): boolean {
    return this.#isBroken;
  }

  take(bytes: Uint8Array): ChunkedPiece {
    const content: Uint8Array[] = [];
    let at = 0;
    while (at < bytes.length && !this.#isBroken) {
      if (this.#left > 0) {
        const data = bytes.subarray(at, at + this.#left);
        content.push(data);
        this.#left -= data.length;
        at += data.length;
        continue;
      }
      const end = bytes.indexOf(lf, at);
      if (end < 0) {
        this.#line = concatBytes([this.#line, bytes.subarray(at)]);
        break;
      }
      const line = new TextDecoder().decode(concatBytes([this.#line, bytes.subarray(at, end)])).trim();
      this.#line = none;
      at = end + 1;
      if (this.#isLast(line)) return { content, isWhole: true, rest: bytes.subarray(at) };
    }
    return { content, isWhole: false, rest: none };
  }

  /** Takes a line; true where it is the empty one after the last chunk and its trailers. */
  #isLast(line: string): boolean {
    if (this.#next === 'trailer') return line === '';
    if (this.#next === 'end of data') {
      this.#next = 'size';
      return false;
    }
    const size = /^[\da-f]+(?=\s*(?:;|$))/i.exec(line)?.[0];
    this.#isBroken = size === undefined;
    this.#left = Number.parseInt(size ?? '0', 16);
    this.#next = this.#left > 0 ? 'end of data' : 'trailer';
    return false;
  }
}
