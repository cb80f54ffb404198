/** Finds the end of an HTTP message's body, by its length, its chunks or the end of the connection (RFC 9112 §6). */
import { concatBytes } from '../../../protocol/collections/concat-bytes.ts';
import { type Headers, lists } from './headers.ts';

/** What some bytes of the stream gave. */
export interface BodyPart {
  /** Bytes of the body. */
  data: Uint8Array[];
  /** True where the body is whole. */
  isWhole: boolean;
  /** What follows the body. */
  rest: Uint8Array;
}

/** Takes bytes of the stream. */
export type BodyReader = (bytes: Uint8Array) => BodyPart;

const none = new Uint8Array(0);

/** Returns a reader of the body that these headers announce. A response without a length lasts until the connection ends. */
export function bodyReader(headers: Headers, isResponse = false): BodyReader {
  if (lists(headers['transfer-encoding'], 'chunked')) return chunkedBody();
  const length = headers['content-length'];
  if (length !== undefined) return bodyOf(Number(length));
  return isResponse ? (bytes) => ({ data: [bytes], isWhole: false, rest: none }) : bodyOf(0);
}

function bodyOf(length: number): BodyReader {
  let left = length;
  return (bytes) => {
    const data = bytes.subarray(0, left);
    left -= data.length;
    return { data: data.length > 0 ? [data] : [], isWhole: left === 0, rest: bytes.subarray(data.length) };
  };
}

/** Returns a reader of chunks (RFC 9112 §7.1); trailers are skipped. */
function chunkedBody(): BodyReader {
  let pending: Uint8Array = none;
  return (bytes) => {
    pending = concatBytes([pending, bytes]);
    const data: Uint8Array[] = [];
    for (;;) {
      const end = pending.indexOf(0x0a);
      if (end < 0) return { data, isWhole: false, rest: none };
      const size = parseInt(new TextDecoder().decode(pending.subarray(0, end)), 16);
      const whole = size === 0 ? end + 3 : end + 1 + size + 2;
      if (!(size >= 0) || pending.length < whole) return { data, isWhole: false, rest: none };
      if (size === 0) return { data, isWhole: true, rest: pending.subarray(whole) };
      data.push(pending.subarray(end + 1, end + 1 + size));
      pending = pending.subarray(whole);
    }
  };
}
