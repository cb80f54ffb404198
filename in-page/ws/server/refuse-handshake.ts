import { Buffer } from '../../node/buffer.ts';
import { STATUS_CODES } from '../../node/http/status-codes.ts';
import type { NetSocket } from '../../node/net/net-socket.ts';

/** Answers a request for a WebSocket with an HTTP error, and closes its connection. */
export function refuseHandshake(
  socket: NetSocket,
  code: number,
  given?: string,
  headers: Readonly<Record<string, string | number>> = {},
): void {
  const message = given || (STATUS_CODES[code] ?? '');
  const fields = {
    Connection: 'close',
    'Content-Type': 'text/html',
    'Content-Length': Buffer.byteLength(message),
    ...headers,
  };
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}`);
  socket.once('finish', () => socket.destroy());
  socket.end([`HTTP/1.1 ${code} ${STATUS_CODES[code]}`, ...lines, '', message].join('\r\n'));
}

/** What is wrong with a request for a WebSocket. */
export interface RequestFault {
  code: number;
  message: string;
  headers?: Readonly<Record<string, string>>;
}

const keyForm = /^[+/0-9A-Za-z]{22}==$/;

/** Returns what is wrong with a request before anything else is asked, in the library's order; undefined if nothing is. */
export function faultInRequest(
  method: string | undefined,
  headers: Readonly<Record<string, string | string[] | undefined>>,
): RequestFault | undefined {
  const version = Number(headers['sec-websocket-version']);
  if (method !== 'GET') return { code: 405, message: 'Invalid HTTP method' };
  if (String(headers['upgrade']).toLowerCase() !== 'websocket') return { code: 400, message: 'Invalid Upgrade header' };
  if (!keyForm.test(String(headers['sec-websocket-key'] ?? ''))) {
    return { code: 400, message: 'Missing or invalid Sec-WebSocket-Key header' };
  }
  if (version === 13 || version === 8) return undefined;
  const message = 'Missing or invalid Sec-WebSocket-Version header';
  return { code: 400, message, headers: { 'Sec-WebSocket-Version': '13, 8' } };
}
