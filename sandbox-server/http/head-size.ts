/** Computes the length of heads for a link that needs it before they are written: Node tells of its own fields only in bytes. */
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';

type Fields = Readonly<Record<string, string | number>>;

/** A field of every response: `Date` has the same length for all dates (RFC 9110 §5.6.7). */
const date = 'Date: Sat, 21 Nov 2026 04:00:00 GMT';
const keepAlive = ['Connection: keep-alive', 'Keep-Alive: timeout=5'];

/** Returns the length of a response's head in bytes: its own fields, those set on it before, and those that Node adds. */
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

/** Returns the length of a request's head in bytes if it was not observed, assuming just one space after each colon. */
export const requestHeadSize = ({ method = '', url = '', rawHeaders }: IncomingMessage): number =>
  `${method} ${url} HTTP/1.1\r\n\r\n`.length + rawHeaders.reduce((sum, text) => sum + text.length + 2, 0);
