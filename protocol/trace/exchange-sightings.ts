/** Notes on an exchange what its events say, each from its vantage point. */
import type { Carried, ClientSightings, HttpExchange } from './exchange.ts';
import type { ExchangeEvent } from './trace.ts';

export const nothingSeen = (api: ClientSightings['api']): ClientSightings => ({
  api,
  headAt: undefined,
  chunks: [],
  events: [],
  endedAt: undefined,
  outcome: undefined,
});

export const carried = (): Carried => ({ sentAt: undefined, departedAt: undefined, receivedAt: undefined, bytes: undefined });

/** Notes what the reader's program saw. */
export function noteClient({ client }: HttpExchange, event: ExchangeEvent): void {
  if (!client) return;
  const { time } = event;
  if (event.name === 'response_received') client.headAt = time;
  else if (event.name === 'chunk_read') client.chunks.push({ time, length: event.length });
  else if (event.name === 'event_received') {
    const { type, lastEventId, length } = event;
    client.events.push({ time, type, lastEventId, length });
  } else if (event.name === 'reconnecting') Object.assign(client, { endedAt: time, outcome: 'reconnecting' });
  else if (event.name === 'exchange_ended')
    Object.assign(client, { endedAt: time, outcome: event.complete ? 'complete' : (event.cause ?? 'failed') });
}

/** Notes what an event says about its exchange. */
export function apply(exchange: HttpExchange, event: Exclude<ExchangeEvent, { name: 'exchange_started' }>): void {
  if (event.name === 'chunk_read' || event.name === 'event_received' || event.name === 'reconnecting') return;
  if (event.name === 'exchange_ended') {
    exchange.endedAt = Math.max(exchange.endedAt ?? 0, event.time);
    // The two ends may disagree: it is complete if neither says otherwise.
    exchange.complete = event.complete && exchange.complete !== false;
    exchange.reason ??= event.reason;
  } else if (event.name === 'request_dropped' || event.name === 'response_dropped') exchange.reason ??= event.reason;
  else if (event.direction === 'client-to-server') see(exchange.request, event);
  else {
    const part = (exchange.parts[event.part] ??= { ...carried(), length: 0, final: false });
    see(part, event);
    if (event.status !== undefined) exchange.status = event.status;
    if (event.name === 'response_sent') part.length = event.length ?? 0;
    if (event.final) part.final = true;
  }
  const { request, parts } = exchange;
  const answeredAt = parts[0]?.sentAt;
  if (answeredAt !== undefined && request.receivedAt !== undefined) exchange.heldMs = answeredAt - request.receivedAt;
}

interface Sighting {
  name: string;
  time: number;
  bytes?: string;
  leftOut?: number;
}

function see(way: Carried, { name, time, bytes, leftOut }: Sighting): void {
  if (name.endsWith('_sent')) way.sentAt = Math.min(way.sentAt ?? Infinity, time);
  else if (name.endsWith('_departed')) way.departedAt = time;
  else way.receivedAt = Math.max(way.receivedAt ?? 0, time);
  if (bytes !== undefined) way.bytes = bytes;
  if (leftOut !== undefined) way.leftOut = leftOut;
}
