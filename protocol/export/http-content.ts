/** What an HTTP response carried, out of the bytes as they were written. */
import { fieldValue, type HttpHead, toBase64 } from '../handshake.ts';
import { concat } from './pcapng-blocks.ts';
import { fromLatin1, fromUtf8 } from './utf8.ts';

/** Content as HAR has it: text, or base64 where it is not UTF-8. `size` is bytes. */
export interface HarContent {
  size: number;
  text?: string;
  encoding?: 'base64';
}

/** The content of a response, its transfer coding taken off. */
export function contentOf(head: HttpHead, body: Uint8Array): HarContent {
  const isChunked = /\bchunked\b/i.test(fieldValue(head, 'Transfer-Encoding') ?? '');
  const bytes = isChunked ? dechunk(body) : body;
  if (bytes.length === 0) return { size: 0 };
  const text = fromUtf8(bytes);
  return text === undefined ? { size: bytes.length, text: toBase64(bytes), encoding: 'base64' } : { size: bytes.length, text };
}

/** Chunks joined (RFC 9112 §7.1); as far as they go, where the end was cut off. */
function dechunk(body: Uint8Array): Uint8Array {
  const text = fromLatin1(body);
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < body.length;) {
    const line = text.indexOf('\r\n', at);
    const size = line < 0 ? NaN : Number.parseInt(text.slice(at, line), 16);
    if (!(size > 0)) break;
    chunks.push(body.subarray(line + 2, line + 2 + size));
    at = line + 2 + size + 2;
  }
  return concat(chunks);
}
