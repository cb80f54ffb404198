/** What a request or a part of a response says, in a few characters. */
import type { Carried } from '../../../protocol/trace/exchange.ts';
import type { Flight } from '../../../protocol/trace/flight.ts';
import { requestBytes, responseBytes } from '../../../protocol/trace/http-message.ts';

/** The address as the reader's program has it: a session of the sandbox has its own place in front of it. */
export function addressOf(target: string): string {
  const address = /^https?:/.test(target) ? target.replace(/^https?:\/\/[^/]*/, '') || '/' : target;
  return address.replace(/^\/s\/[^/]+/, '');
}

/** `GET /poll/news`, `200 · 312 B`, `tick 3`: a name for the picture. */
export function httpName(flight: Flight): string {
  const { kind, exchange, part = 0, length } = flight;
  if (!exchange) return '';
  if (kind === 'request') return `${exchange.method} ${addressOf(exchange.target).split('?', 1)[0] as string}`;
  if (part > 0) return contentText(flight);
  const whole = exchange.parts[0]?.final === true;
  return `${exchange.status ?? ''}${whole && length > 0 ? ` · ${length} B` : ''}`;
}

/** A request's address with its query, and what it or a part of a response carried. */
export function httpPreview(flight: Flight): string {
  const { kind, exchange, part = 0 } = flight;
  if (!exchange) return '';
  const start =
    kind === 'request' ? `${exchange.method} ${addressOf(exchange.target)}` : part > 0 ? '' : String(exchange.status ?? '');
  return [start, contentText(flight)].filter(Boolean).join(' ');
}

/** Of a head and its content so many bytes are looked at: no more than a line is shown. */
const mostRead = 8192;

/** What was read of requests and parts whose bytes are known: each painting asks for it again. */
const known = new WeakMap<Carried, string>();

/** The beginning of the content's text; of server-sent events, of their data (HTML §9.2.6). */
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
  // A comment, or an id alone, is nothing that a program hears of.
  return part > 0 && /^(:|id:|retry:)/.test(text) ? '' : text.trim();
}
