/** What an HTTP response carried, out of the bytes as they were written. */
import { type HttpHead, toBase64 } from '../wire/handshake.ts';
import { dechunked, isChunked } from '../trace/http-message.ts';
import { fromUtf8 } from './utf8.ts';

/** Content as HAR has it: text, or base64 where it is not UTF-8. `size` is bytes. */
export interface HarContent {
  size: number;
  text?: string;
  encoding?: 'base64';
}

/** The content of a response, its transfer coding taken off. */
export function contentOf(head: HttpHead, body: Uint8Array): HarContent {
  const bytes = isChunked(head) ? dechunked(body) : body;
  if (bytes.length === 0) return { size: 0 };
  const text = fromUtf8(bytes);
  return text === undefined ? { size: bytes.length, text: toBase64(bytes), encoding: 'base64' } : { size: bytes.length, text };
}
