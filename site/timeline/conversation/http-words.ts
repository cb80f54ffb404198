/** Puts a request or a part of a response into a few characters. */
import type { Carried } from '../../../protocol/trace/exchange.ts';
import type { Flight } from '../../../protocol/trace/flight.ts';
import { requestBytes, responseBytes } from '../../../protocol/trace/http-message.ts';

/** Returns the address as the reader's program has it, without the prefix of its sandbox session. */
export function addressOf(target: string): string {
  const address = /^https?:/.test(target) ? target.replace(/^https?:\/\/[^/]*/, '') || '/' : target;
  return address.replace(/^\/s\/[^/]+/, '');
}

/** Returns a name for the picture: `GET /poll/news`, `200 · 312 B`, `tick 3`. */
export function httpName(flight: Flight): string {
  const { kind, exchange, part = 0, length } = flight;
  if (!exchange) return '';
  if (kind === 'request') return `${exchange.method} ${addressOf(exchange.target).split('?', 1)[0] as string}`;
  if (part > 0) return contentText(flight);
  const whole = exchange.parts[0]?.final === true;
  return `${exchange.status ?? ''}${whole && length > 0 ? ` · ${length} B` : ''}`;
}

/** Returns a request's address with its query, or a response's status, and the content carried. */
export function httpPreview(flight: Flight): string {
  const { kind, exchange, part = 0 } = flight;
  if (!exchange) return '';
  const start =
    kind === 'request' ? `${exchange.method} ${addressOf(exchange.target)}` : part > 0 ? '' : String(exchange.status ?? '');
  return [start, contentText(flight)].filter(Boolean).join(' ');
}

/** How many bytes of a head and its content to read: only one line is shown. */
const mostRead = 8192;

/** Contents already read of requests and parts whose bytes are known: each painting asks for them again. */
const known = new WeakMap<Carried, string>();

/** Returns the beginning of the content's text; for server-sent events, of their data (HTML §9.2.6). */
function contentText(flight: Flight): string {
  const { kind, exchange, part = 0 } = flight;
  const carried = kind === 'request' ? exchange?.request : exchange?.parts[part];
  if (carried?.bytes === undefined) return '';
  let text = known.get(carried);
  if (text === undefined) known.set(carried, (text = readContent(flight)));
  return text;
}

function readContent({ kind, exchange, part = 0 }: Flight): string {
  const bytes = exchange && (kind === 'request' ? requestBytes(exchange, mostRead) : responseBytes(exchange, part, mostRead));
  if (!bytes) return '';
  const text = new TextDecoder().decode(bytes.content);
  const data = text.split('\n').flatMap((line) => (line.startsWith('data:') ? [line.slice(5).trim()] : []));
  if (data.length > 0) return data.join(' ');
  // A program never hears of a comment, or of an id alone.
  return part > 0 && /^(:|id:|retry:)/.test(text) ? '' : text.trim();
}
