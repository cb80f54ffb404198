/** Explains why an HTTP exchange was refused, for a reader whose program does not look, from what the tap saw of the answer. */
import { fieldValue, parseHttpHead } from '../../../protocol/wire/handshake.ts';
import { type TraceEvent, fromHex } from '../../../protocol/trace/trace.ts';

/** Looks for refusals in what the tap reports. */
export class Refusals {
  readonly #statuses = new Map<number, number>();
  readonly #targets = new Map<number, string>();
  readonly #told = new Set<string>();

  /** Returns the sentence for a refused exchange, once for all that were refused alike; undefined for anything else. */
  take(event: TraceEvent): string | undefined {
    if (!('exchange' in event) || event.exchange === undefined) return undefined;
    const { exchange } = event;
    if (event.name === 'exchange_started') this.#targets.set(exchange, `${event.method} ${ownTarget(event.target)}`);
    else if (event.name === 'response_sent' && (event.status ?? 0) >= 400) this.#statuses.set(exchange, event.status ?? 0);
    else if (event.name === 'exchange_ended') this.#forget(exchange);
    else if (event.name === 'response_received' && event.part === 0) {
      // If the link itself refuses, no server has answered.
      const byLink = event.at === 'socket' && event.status !== undefined;
      const status = byLink ? event.status : this.#statuses.get(exchange);
      if (status === undefined || status < 400) return undefined;
      const target = this.#targets.get(exchange) ?? '';
      const body = bodyOf(event.bytes ?? '');
      const said = body === '' ? `(${status})` : `(${status}): ${body}`;
      const kind = `${target.replace(/\?.*$/, '')} ${said}`;
      if (this.#told.has(kind)) return undefined;
      this.#told.add(kind);
      return `${byLink ? 'The link' : 'The sandbox'} refused ${target} ${said}`;
    }
    return undefined;
  }

  #forget(exchange: number): void {
    this.#targets.delete(exchange);
    this.#statuses.delete(exchange);
  }
}

/** Returns the target without the session. */
const ownTarget = (target: string): string => target.replace(/^\/s\/[^/]+/, '');

/** Returns the sentence in the body of a refusal: its first paragraph, or the `error` of a JSON body. */
function bodyOf(bytes: string): string {
  const text = new TextDecoder().decode(fromHex(bytes));
  const at = text.indexOf('\r\n\r\n');
  const body = at < 0 ? '' : text.slice(at + 4).trim();
  // The answer to HEAD has no body (RFC 9110 §9.3.2).
  if (body !== '' && fieldValue(parseHttpHead(text), 'Content-Type') === 'application/json')
    return (JSON.parse(body) as { error: string }).error;
  return body.split('\n\n', 1)[0] ?? '';
}
