/** How long heads are, for a link that has to know before they are written: Node adds fields, and tells them with the bytes alone. */
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';

type Fields = Readonly<Record<string, string | number>>;

/** The fields of every response: `Date` has one length for all dates (RFC 9110 §5.6.7). */
const date = 'Date: Sat, 21 Nov 2026 04:00:00 GMT';
const keepAlive = ['Connection: keep-alive', 'Keep-Alive: timeout=5'];

/** A response's head, in bytes: its own fields, those that were set on it before, and those that Node adds. */
export function responseHeadSize(response: ServerResponse, status: number, own: Fields, inChunks: boolean): number {
  const { shouldKeepAlive } = response;
  const names = Object.keys(own).map((name) => name.toLowerCase());
  const connection = names.includes('connection') ? [] : shouldKeepAlive ? keepAlive : ['Connection: close'];
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'unknown'}`,
    ...Object.entries({ ...response.getHeaders(), ...own }).map(([name, value]) => `${name}: ${String(value)}`),
    date,
    ...connection,
    ...(inChunks ? ['Transfer-Encoding: chunked'] : []),
  ];
  return lines.reduce((sum, line) => sum + line.length + 2, 2);
}

/** A request's head, in bytes, where those were not observed: as if its fields had a space after each colon and no other. */
export const requestHeadSize = ({ method = '', url = '', rawHeaders }: IncomingMessage): number =>
  `${method} ${url} HTTP/1.1\r\n\r\n`.length + rawHeaders.reduce((sum, text) => sum + text.length + 2, 0);
