/** Refuses requests, with the live server's fields and in its words. */
import { openHeaders } from '../../sandbox-server/endpoints/http-answers.ts';
import { Buffer } from '../node/buffer.ts';
import { STATUS_CODES } from '../node/http/status-codes.ts';
import type { NetSocket } from '../node/net/net-socket.ts';

/** Thrown when a request is not served. `message` is a sentence for the reader. */
export class Refusal extends Error {
  override name = 'Refusal';
  readonly status: number;
  /** More header fields of the answer. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.headers = headers;
  }
}

/** Answers an upgrade with plain HTTP, and ends the connection. */
export function refuseUpgrade(socket: NetSocket, { status, message, headers }: Refusal): void {
  const body = `${message}\n`;
  const fields = {
    ...openHeaders,
    ...headers,
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
    Connection: 'close',
  };
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.once('finish', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('')}\r\n${body}`);
}
