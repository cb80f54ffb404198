/** Sends HTTP answers, to requests and to refused upgrades. */
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { openHeaders } from '../endpoints/http-answers.ts';
import type { Refusal } from '../refusal.ts';
import { inertFields, pageFields } from './security-headers.ts';

export function sendText(
  response: ServerResponse,
  status: number,
  text: string,
  { 'Content-Type': type = 'text/plain; charset=utf-8', ...headers }: Readonly<Record<string, string>> = {},
): void {
  send(response, status, type, text.endsWith('\n') ? text : `${text}\n`, headers);
}

export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  send(response, status, 'application/json', JSON.stringify(value));
}

/** Sends the page to a browser, and the value as JSON to a program. */
export function sendPageOrJson(request: IncomingMessage, response: ServerResponse, value: unknown, page: () => string): void {
  const vary = { Vary: 'Accept' };
  const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
  if (request.headers.accept?.includes('text/html')) {
    send(response, 200, 'text/html; charset=utf-8', page(), { ...vary, ...pageFields(policy, request.headers) });
  } else send(response, 200, 'application/json', JSON.stringify(value), vary);
}

/** Sends the refusal as JSON to a program that asks for it, otherwise as text. */
export function sendRefusal(request: IncomingMessage, response: ServerResponse, { status, message, headers }: Refusal): void {
  if (request.headers.accept?.includes('application/json')) {
    send(response, status, 'application/json', JSON.stringify({ error: message }), headers);
  } else sendText(response, status, message, headers);
}

function send(
  response: ServerResponse,
  status: number,
  type: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  // Keep what an earlier step noted that the answer depends on: `Origin`.
  const vary = [...new Set([response.getHeader('Vary'), headers['Vary']])].filter((on) => on !== undefined).join(', ');
  const all = { ...openHeaders, ...inertFields, ...headers, ...(vary !== '' && { Vary: vary }), 'Content-Type': type };
  response.writeHead(status, { ...all, 'Content-Length': Buffer.byteLength(body) });
  response.end(response.req.method === 'HEAD' ? undefined : body);
}

/** Answers an upgrade with plain HTTP and ends the connection. */
export function refuseUpgrade(socket: Duplex, { status, message, headers }: Refusal): void {
  const body = Buffer.from(`${message}\n`);
  const fields = {
    ...openHeaders,
    ...headers,
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': body.length,
    Connection: 'close',
  };
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.on('error', () => socket.destroy());
  socket.once('finish', () => socket.destroy());
  const head = Buffer.from(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('')}\r\n`);
  // Use one write: what watches the socket takes a refusal's first write for the whole of it.
  socket.end(Buffer.concat([head, body]));
}
