/**
 * HTTP exchanges: what a trace's events say about each request, how long it was held, and each part of its response. An exchange
 * is seen at up to four vantage points; this file joins the sightings, as `flight.ts` does for frames.
 */
import { lowerBound } from '../collections/binary-search.ts';
import type { HttpExchange } from './exchange.ts';
import { apply, carried, noteClient, nothingSeen } from './exchange-sightings.ts';
import type { ExchangeEvent, Trace, TraceEvent } from './trace.ts';

/** One request by a program: the exchanges it took, except a preflight, and what the client saw that belongs to none yet. */
interface Asking {
  exchanges: HttpExchange[];
  /** True once the first of them has reached the socket. */
  isOnWire: boolean;
  waiting: Exclude<ExchangeEvent, { name: 'exchange_started' }>[];
  /** How many of these have stopped waiting. */
  taken: number;
}

/**
 * Builds exchanges from events as they come. Events of one vantage point come in order; those of different ones may interleave in
 * any way.
 */
export class ExchangeIndex {
  /** All exchanges, in the order of their first mention. */
  readonly exchanges: HttpExchange[] = [];
  readonly #askings = new Map<string, Asking>();
  readonly #byNumber = new Map<number, HttpExchange>();
  /** The exchanges that have not come up again yet, in their order, while events are read again. */
  #again: HttpExchange[] = [];

  /** Reads events again through `read`. Exchanges keep their identity as objects. */
  reread(read: () => void): void {
    this.#again = [...this.exchanges];
    this.#askings.clear();
    this.#byNumber.clear();
    read();
    this.#again = [];
  }

  /** Returns the exchange with a number at the server. */
  numbered(number: number): HttpExchange | undefined {
    return this.#byNumber.get(number);
  }

  /** Returns the exchanges that a program's request took, as far as they are known. */
  asked(event: ExchangeEvent): readonly HttpExchange[] {
    return this.#asking(event).exchanges;
  }

  /** Takes the next event; returns the exchange that it changed, if any. */
  add(event: TraceEvent): HttpExchange | undefined {
    switch (event.name) {
      case 'exchange_started':
        return event.at === 'client' ? this.#asked(event) : this.#started(event);
      case 'request_sent':
      case 'request_departed':
      case 'request_received':
      case 'request_dropped':
      case 'response_sent':
      case 'response_departed':
      case 'response_received':
      case 'response_dropped':
      case 'chunk_read':
      case 'event_received':
      case 'reconnecting':
      case 'exchange_ended': {
        if (event.at === 'client') return this.#seenByClient(event);
        const exchange = this.#byNumber.get(event.exchange ?? -1);
        if (exchange) apply(exchange, event);
        return exchange;
      }
      default:
        return undefined;
    }
  }

  #asking({ connection, request = -1 }: ExchangeEvent): Asking {
    const key = `${connection} ${request}`;
    let asking = this.#askings.get(key);
    if (!asking) this.#askings.set(key, (asking = { exchanges: [], isOnWire: false, waiting: [], taken: 0 }));
    return asking;
  }

  /** Notes that the reader's program asked. */
  #asked(event: ExchangeEvent & { name: 'exchange_started' }): HttpExchange {
    const { exchanges } = this.#asking(event);
    const { target, time, api = 'fetch' } = event;
    if (exchanges.length === 0) exchanges.push(this.#begin(event));
    const [first] = exchanges as [HttpExchange];
    first.startedAt = time;
    for (const exchange of exchanges) Object.assign(exchange, { target, client: nothingSeen(api) });
    return first;
  }

  /** Notes that a request's head reached the socket. */
  #started(event: ExchangeEvent & { name: 'exchange_started' }): HttpExchange {
    const { exchange: number = -1, request, method, time } = event;
    const asking = this.#asking(event);
    // A browser's preflight is on the wire, but the reader's program does not know about it.
    const isAsked = request !== undefined && method !== 'OPTIONS';
    const [first] = asking.exchanges;
    const exchange = isAsked && first && !asking.isOnWire ? first : this.#begin(event);
    if (isAsked) asking.isOnWire = true;
    this.#byNumber.set(number, exchange);
    if (!isAsked || exchange === first) return exchange;
    if (first) {
      exchange.target = first.target;
      if (first.client) exchange.client = nothingSeen(first.client.api);
    }
    asking.exchanges.push(exchange);
    // Stop at what ended it for the program: the rest belongs to later exchanges.
    const { waiting } = asking;
    const had = waiting.length;
    while (asking.taken < had && exchange.client?.endedAt === undefined) {
      const seen = waiting[asking.taken++];
      if (seen && seen.time >= time) this.#seenByClient(seen);
    }
    return exchange;
  }

  /** An EventSource has one exchange at a time, so what it saw belongs to the last exchange that had begun. */
  #seenByClient(event: Exclude<ExchangeEvent, { name: 'exchange_started' }>): HttpExchange | undefined {
    const { exchanges, waiting } = this.#asking(event);
    const exchange = lastBegun(exchanges, event.time);
    // The client may be heard from before the tap: what it saw after the end then waits for its own exchange.
    if (!exchange || exchange.client?.endedAt !== undefined) waiting.push(event);
    else {
      noteClient(exchange, event);
      apply(exchange, event);
    }
    return exchange;
  }

  #begin({ connection, method, target, time }: ExchangeEvent & { name: 'exchange_started' }): HttpExchange {
    const known = this.#again.shift();
    delete known?.client;
    const exchange = Object.assign(known ?? ({} as HttpExchange), {
      id: known?.id ?? `${connection} ${this.exchanges.length}`,
      connection,
      method,
      target,
      startedAt: time,
      request: carried(),
      status: undefined,
      parts: [],
      heldMs: undefined,
      endedAt: undefined,
      complete: undefined,
      reason: undefined,
    });
    if (!known) this.exchanges.push(exchange);
    return exchange;
  }
}

/** Returns the last exchange that had begun at a time; the first if none had. */
export function lastBegun(exchanges: readonly HttpExchange[], time: number): HttpExchange | undefined {
  const later = lowerBound(exchanges.length, (i) => (exchanges[i] as HttpExchange).startedAt > time);
  return exchanges[Math.max(0, later - 1)];
}

/** Returns the exchanges of a whole trace, in the order of their starts. */
export function exchangesOf(trace: Trace): HttpExchange[] {
  const index = new ExchangeIndex();
  for (const event of trace.events) index.add(event);
  return index.exchanges.sort((a, b) => a.startedAt - b.startedAt);
}
