/** What Express answers where no handler did: its pages for 404 and for errors (the package `finalhandler`, 2.x). */
import { Buffer } from '../buffer.ts';
import { STATUS_CODES } from '../http/status-codes.ts';
import { escapeHtml } from './escape-html.ts';
import { pathOfUrl, type ExpressRequest } from './request.ts';
import type { ExpressResponse } from './response.ts';

interface Failure {
  status?: unknown;
  statusCode?: unknown;
  headers?: Readonly<Record<string, string>>;
}

/**
 * Answers a request. In development the page tells the error, without the stack that Express adds: engines write it differently,
 * and the same run is to give the same bytes.
 */
export function finalHandler(req: ExpressRequest, res: ExpressResponse, error: unknown, isInProduction: boolean): void {
  if (res.headersSent) {
    if (error) req.socket.destroy();
    return;
  }
  const status = error ? statusOf(error, res.statusCode) : 404;
  const phrase = STATUS_CODES[status] ?? String(status);
  const told = error ? (isInProduction ? phrase : String(error)) : `Cannot ${req.method ?? ''} ${pathOfUrl(req.originalUrl)}`;
  const body = Buffer.from(page(told));
  for (const name of res.getHeaderNames()) {
    if (error || /^content-(encoding|language|range)$/.test(name)) res.removeHeader(name);
  }
  const { headers = {} } = (typeof error === 'object' && error !== null ? error : {}) as Failure;
  res.statusCode = status;
  res.statusMessage = phrase;
  for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
  res.setHeader('Content-Security-Policy', "default-src 'none'");
  res.setHeader('X-Content-Type-Options', 'nosniff');
  res.setHeader('Content-Type', 'text/html; charset=utf-8');
  res.setHeader('Content-Length', body.length);
  if (req.method === 'HEAD') res.end();
  else res.end(body);
}

/** Returns the error's own status if it is one of errors, else the response's, else 500. */
function statusOf(error: unknown, current: number): number {
  const { status, statusCode } = (typeof error === 'object' && error !== null ? error : {}) as Failure;
  const isFailure = (code: unknown): code is number => typeof code === 'number' && code >= 400 && code < 600;
  return [status, statusCode, current].find(isFailure) ?? 500;
}

function page(message: string): string {
  const text = escapeHtml(message).replaceAll('\n', '<br>').replaceAll('  ', ' &nbsp;');
  return (
    '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>Error</title>\n</head>\n<body>\n' +
    `<pre>${text}</pre>\n</body>\n</html>\n`
  );
}
