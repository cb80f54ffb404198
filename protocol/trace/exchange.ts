/**
 * HTTP exchanges: what a trace's events say about each request, how long it was held, and each part of its response. An exchange
 * is seen at up to four vantage points; this file joins the sightings, as `flight.ts` does for frames.
 */
import { lowerBound } from '../collections/binary-search.ts';
import type { ExchangeEvent, Trace, TraceEvent } from './trace.ts';

/** A request or a part of a response on its way. Times in ms; undefined until known, and for ever if it was lost. */
export interface Carried {
  /** When it entered the link at the sending end. */
  sentAt: number | undefined;
  /** When the link began to carry it. */
  departedAt: number | undefined;
  /** When it reached the other end: the server's program or the socket, and the client's program if that was seen. */
  receivedAt: number | undefined;
  /** The bytes exactly as they were on the socket, in hexadecimal. */
  bytes: string | undefined;
  /** Number of them shown as `*`. Absent for none. */
  leftOut?: number;
}

/** A part of a response: a whole answer if it comes at once, otherwise its head or one write of its stream. */
export interface ResponsePart extends Carried {
  /** Bytes of content, without head and chunk sizes. */
  length: number;
  /** True if it ends the response. */
  final: boolean;
}

/** What the reader's program saw of an exchange, at the API. Times in ms; undefined until known. */
export interface ClientSightings {
  api: 'fetch' | 'EventSource';
  /** When the response's head was there: the promise of `fetch` resolved, or the EventSource opened. */
  headAt: number | undefined;
  /** What it read of the content, in order. */
  chunks: { time: number; length: number | undefined }[];
  /** What an EventSource dispatched, in order. */
  events: { time: number; type: string; lastEventId: string; length: number }[];
  /** When the program had all of it, or it ended for the program in another way. */
  endedAt: number | undefined;
  /** How it ended: read whole, aborted by the program, failed, or an EventSource that reconnects. */
  outcome: 'complete' | 'aborted' | 'failed' | 'reconnecting' | undefined;
}

/** One HTTP exchange. */
export interface HttpExchange {
  /** Unique in the trace, such as `A1 0`. */
  id: string;
  connection: string;
  method: string;
  /** The address as the reader wrote it if the client was seen, otherwise as in the request. */
  target: string;
  /** When the reader's program asked for it, otherwise when the request's head reached the socket. */
  startedAt: number;
  request: Carried;
  /** The status code, once the response has begun. */
  status: number | undefined;
  /** In the order of their numbers. */
  parts: ResponsePart[];
  /** How long the server's program held it: from the request's receipt to the response's first part; undefined before. */
  heldMs: number | undefined;
  endedAt: number | undefined;
  /** Whether it was answered whole; undefined until it has ended. */
  complete: boolean | undefined;
  /** A sentence on why it was dropped or not answered whole. */
  reason: string | undefined;
  /** What the reader's program saw of it, if a program asked. */
  client?: ClientSightings;
}

/** One request by a program: the exchanges it took, except a preflight, and what the client saw that belongs to none yet. */
interface Asking {
  exchanges: HttpExchange[];
  /** True once the first of them has reached the socket. */
  isOnWire: boolean;
  waiting: Exclude<ExchangeEvent, { name: 'exchange_started' }>[];
  /** How many of these have stopped waiting. */
  taken: number;
}

const nothingSeen = (api: ClientSightings['api']): ClientSightings => ({
  api,
  headAt: undefined,
  chunks: [],
  events: [],
  endedAt: undefined,
  outcome: undefined,
});

const carried = (): Carried => ({ sentAt: undefined, departedAt: undefined, receivedAt: undefined, bytes: undefined });

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
    const later = lowerBound(exchanges.length, (i) => (exchanges[i] as HttpExchange).startedAt > event.time);
    const exchange = exchanges[Math.max(0, later - 1)];
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

/** Notes what the reader's program saw. */
function noteClient({ client }: HttpExchange, event: ExchangeEvent): void {
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
function apply(exchange: HttpExchange, event: Exclude<ExchangeEvent, { name: 'exchange_started' }>): void {
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

/** Returns the exchanges of a whole trace, in the order of their starts. */
export function exchangesOf(trace: Trace): HttpExchange[] {
  const index = new ExchangeIndex();
  for (const event of trace.events) index.add(event);
  return index.exchanges.sort((a, b) => a.startedAt - b.startedAt);
}
