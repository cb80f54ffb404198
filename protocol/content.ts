/** What an HTTP message carried, out of its bytes as they were captured: for checks and figures. */
import { contentOf } from './export/http-content.ts';
import type { HttpExchange } from './exchange.ts';
import { type HttpHead, parseHttpHead } from './handshake.ts';
import { fromHex } from './trace.ts';

/** Head and content of a request or a response. */
export interface HttpMessage {
  head: HttpHead;
  /** Bytes on the wire: head, content and the sizes of chunks. */
  bytes: number;
  /** The content as text, its transfer coding taken off. */
  text: string;
}

/** The request of an exchange; undefined until it was captured. */
export function requestOf({ request }: HttpExchange): HttpMessage | undefined {
  return request.bytes === undefined ? undefined : messageOf(request.bytes);
}

/** The response of an exchange, as far as it was written; undefined until its head was. */
export function responseOf({ parts }: HttpExchange): HttpMessage | undefined {
  return parts[0]?.bytes === undefined ? undefined : messageOf(parts.map(({ bytes = '' }) => bytes).join(''));
}

function messageOf(hex: string): HttpMessage {
  const bytes = fromHex(hex);
  const end = /^(?:..)*?0d0a0d0a/.exec(hex)?.[0].length;
  const headLength = end === undefined ? bytes.length : end / 2;
  const head = parseHttpHead(new TextDecoder().decode(bytes.subarray(0, headLength)));
  const { text = '' } = contentOf(head, bytes.subarray(headLength));
  return { head, bytes: bytes.length, text };
}
