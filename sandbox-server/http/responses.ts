/** Answers in HTTP: to a request, and to an upgrade that is refused. */
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Refusal } from '../refusal.ts';
import { inertFields, pageFields } from './security-headers.ts';

/** Of every answer. Which page may read it, `page-access.ts` says. */
export const openHeaders = {
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
};

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

/** The page for a browser, for a program the value as JSON. */
export function sendPageOrJson(request: IncomingMessage, response: ServerResponse, value: unknown, page: () => string): void {
  const vary = { Vary: 'Accept' };
  const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
  if (request.headers.accept?.includes('text/html')) {
    send(response, 200, 'text/html; charset=utf-8', page(), { ...vary, ...pageFields(policy, request.headers) });
  } else send(response, 200, 'application/json', JSON.stringify(value), vary);
}

/** The refusal as JSON for a program that asks for it, else as text. */
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
  // What else the answer depends on was noted before: `Origin`.
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
  // In one write: what watches the socket takes a refusal's first write for the whole of it.
  socket.end(Buffer.concat([head, body]));
}
