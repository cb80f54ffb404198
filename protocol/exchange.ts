/**
 * HTTP exchanges: what a trace's events say of each request, of the time for which it was held, and of each part of its
 * response. An exchange is seen at up to four vantage points; here the sightings are joined, as `flight.ts` does for frames.
 */
import type { ExchangeEvent, Trace, TraceEvent } from './trace.ts';

/** A request or a part of a response on its way. Times in ms; undefined until they are known, and for ever where it was lost. */
export interface Carried {
  /** When it entered the link at the sending end. */
  sentAt: number | undefined;
  /** When the link began to carry it. */
  departedAt: number | undefined;
  /** When it was at the other end: the server's program, or the socket, and the client's program where that was seen. */
  receivedAt: number | undefined;
  /** The bytes just as they were on the socket, in hexadecimal. */
  bytes: string | undefined;
}

/** A part of a response: the whole of an answer that comes at once, else its head, or one write of its stream. */
export interface ResponsePart extends Carried {
  /** Bytes of content, without head and chunk sizes. */
  length: number;
  /** True where the response ends with it. */
  final: boolean;
}

/** One HTTP exchange. */
export interface HttpExchange {
  /** Unique in the trace, such as `A1 0`. */
  id: string;
  connection: string;
  method: string;
  /** The address as the reader wrote it where the client was seen, else as the request has it. */
  target: string;
  /** When the reader's program asked for it, else when the request's head was at the socket. */
  startedAt: number;
  request: Carried;
  /** The status code, once the response has begun. */
  status: number | undefined;
  /** In the order of their numbers. */
  parts: ResponsePart[];
  /** For how long the server's program held it: from the request's receipt to the response's first part; undefined before. */
  heldMs: number | undefined;
  endedAt: number | undefined;
  /** Undefined until it has ended: was it answered whole? */
  complete: boolean | undefined;
  /** Why it was dropped, or not answered whole: a sentence. */
  reason: string | undefined;
}

/** The exchanges of one connection name, in their order at the client and at the server. */
interface Asked {
  exchanges: HttpExchange[];
  byNumber: Map<number, HttpExchange>;
  startedAtClient: number;
  startedAtSocket: number;
}

const carried = (): Carried => ({ sentAt: undefined, departedAt: undefined, receivedAt: undefined, bytes: undefined });

/** Builds exchanges from events as they come. Events of one vantage point come in order; different ones may interleave in any way. */
export class ExchangeIndex {
  /** All exchanges, in the order in which they were first heard of. */
  readonly exchanges: HttpExchange[] = [];
  readonly #asked = new Map<string, Asked>();

  /** Takes the next event; returns the exchange that it changed, if any. */
  add(event: TraceEvent): HttpExchange | undefined {
    switch (event.name) {
      case 'exchange_started':
        return this.#started(event);
      case 'request_sent':
      case 'request_departed':
      case 'request_received':
      case 'request_dropped':
      case 'response_sent':
      case 'response_departed':
      case 'response_received':
      case 'response_dropped':
      case 'exchange_ended': {
        const exchange = this.#of(event);
        if (exchange) apply(exchange, event);
        return exchange;
      }
      default:
        return undefined;
    }
  }

  #askedBy(connection: string): Asked {
    let asked = this.#asked.get(connection);
    if (!asked) {
      this.#asked.set(connection, (asked = { exchanges: [], byNumber: new Map(), startedAtClient: 0, startedAtSocket: 0 }));
    }
    return asked;
  }

  #of({ connection, exchange }: ExchangeEvent): HttpExchange | undefined {
    const asked = this.#askedBy(connection);
    return exchange === undefined ? asked.exchanges[asked.startedAtClient - 1] : asked.byNumber.get(exchange);
  }

  #started(event: ExchangeEvent & { name: 'exchange_started' }): HttpExchange {
    const { connection, exchange, method, target, time, at } = event;
    const asked = this.#askedBy(connection);
    // A browser's preflight is an exchange on the wire that the reader's program knows nothing of.
    const place = method === 'OPTIONS' ? -1 : at === 'client' ? asked.startedAtClient++ : asked.startedAtSocket++;
    let found = asked.exchanges[place];
    if (!found) {
      found = this.#begin(connection, method, target, time);
      if (place >= 0) asked.exchanges[place] = found;
    } else if (at === 'client') Object.assign(found, { target, startedAt: time });
    if (exchange !== undefined) asked.byNumber.set(exchange, found);
    return found;
  }

  #begin(connection: string, method: string, target: string, startedAt: number): HttpExchange {
    const exchange: HttpExchange = {
      id: `${connection} ${this.exchanges.length}`,
      connection,
      method,
      target,
      startedAt,
      request: carried(),
      status: undefined,
      parts: [],
      heldMs: undefined,
      endedAt: undefined,
      complete: undefined,
      reason: undefined,
    };
    this.exchanges.push(exchange);
    return exchange;
  }
}

/** Notes what an event says of its exchange. */
function apply(exchange: HttpExchange, event: Exclude<ExchangeEvent, { name: 'exchange_started' }>): void {
  if (event.name === 'exchange_ended') {
    exchange.endedAt = Math.max(exchange.endedAt ?? 0, event.time);
    // Both ends may differ: it is whole where neither says that it is not.
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

function see(way: Carried, { name, time, bytes }: { name: string; time: number; bytes?: string }): void {
  if (name.endsWith('_sent')) way.sentAt = Math.min(way.sentAt ?? Infinity, time);
  else if (name.endsWith('_departed')) way.departedAt = time;
  else way.receivedAt = Math.max(way.receivedAt ?? 0, time);
  if (bytes !== undefined) way.bytes = bytes;
}

/** The exchanges of a whole trace, in the order of their starts. */
export function exchangesOf(trace: Trace): HttpExchange[] {
  const index = new ExchangeIndex();
  for (const event of trace.events) index.add(event);
  return index.exchanges.sort((a, b) => a.startedAt - b.startedAt);
}
