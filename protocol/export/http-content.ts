/** Reads the content of an HTTP response from the bytes as they were written. */
import { type HttpHead, toBase64 } from '../wire/handshake.ts';
import { dechunked, isChunked } from '../trace/http-message.ts';
import { fromUtf8 } from './utf8.ts';

/** Content in HAR's form: text, or base64 if it is not UTF-8. `size` is in bytes. */
export interface HarContent {
  size: number;
  text?: string;
  encoding?: 'base64';
}

/** Returns the content of a response, with its transfer coding removed. */
export function contentOf(head: HttpHead, body: Uint8Array): HarContent {
  const bytes = isChunked(head) ? dechunked(body) : body;
  if (bytes.length === 0) return { size: 0 };
  const text = fromUtf8(bytes);
  return text === undefined ? { size: bytes.length, text: toBase64(bytes), encoding: 'base64' } : { size: bytes.length, text };
}
