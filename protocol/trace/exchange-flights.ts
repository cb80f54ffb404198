/** Turns requests and the parts of their responses into flights: they travel from end to end like frames. */
import { begunFlight } from './begun-flight.ts';
import type { Carried, HttpExchange } from './exchange.ts';
import { ExchangeIndex } from './exchange-index.ts';
import type { Flight } from './flight.ts';
import type { TraceEvent } from './trace.ts';

/** Keeps the flights of HTTP exchanges up to date, as `FlightIndex` does those of frames. */
export class ExchangeFlights {
  readonly #flights: Flight[];
  readonly index = new ExchangeIndex();
  readonly #requests = new Map<HttpExchange, Flight>();
  readonly #parts = new Map<HttpExchange, Flight[]>();
  /** The flights by their ids, while events are read again. */
  #again = new Map<string, Flight>();

  /** Adds new flights to `flights`. */
  constructor(flights: Flight[]) {
    this.#flights = flights;
  }

  get exchanges(): readonly HttpExchange[] {
    return this.index.exchanges;
  }

  /** Returns the flights of an exchange that are known: its request, and the parts of its response by their numbers. */
  of(exchange: HttpExchange): { request: Flight | undefined; parts: readonly Flight[] | undefined } {
    return { request: this.#requests.get(exchange), parts: this.#parts.get(exchange) };
  }

  /** Reads events again through `read`: see `FlightIndex.reread`. */
  reread(read: () => void): void {
    this.#again = new Map(this.#flights.map((flight) => [flight.id, flight]));
    this.#requests.clear();
    this.#parts.clear();
    this.index.reread(read);
    this.#again.clear();
  }

  /** Takes the next event; returns the flight that it changed, if any. */
  add(event: TraceEvent): Flight | undefined {
    const exchange = this.index.add(event);
    if (!exchange) return undefined;
    if (event.name.startsWith('response_') && 'part' in event) return this.#part(exchange, event);
    const flight = this.#requestOf(exchange);
    const { request, startedAt } = exchange;
    // Prefer the program's own call if it was seen: a browser may hold a request back, for a connection or for a preflight.
    flight.sentAt = Math.min(startedAt, request.sentAt ?? startedAt);
    takeOver(flight, request);
    if (event.name === 'request_received') flight.onLink = { from: request.departedAt ?? event.time, to: event.time };
    if (event.name === 'request_departed') noteDeparture(flight, event);
    if (event.name === 'request_dropped') flight.dropped = { at: event.time, reason: event.reason };
    return flight;
  }

  #part(exchange: HttpExchange, event: TraceEvent & { part: number }): Flight | undefined {
    const part = exchange.parts[event.part];
    const sentAt = part?.sentAt;
    // The client may be heard from before the server: until the server's sending is known, the flight has no start to draw from.
    if (!part || sentAt === undefined) return undefined;
    const known = this.#partsOf(exchange);
    const flight = (known[event.part] ??= this.#begin(exchange, {
      kind: 'response',
      direction: 'server-to-client',
      id: `${exchange.id} response ${event.part}`,
      part: event.part,
      sentAt,
    }));
    flight.sentAt = sentAt;
    takeOver(flight, part);
    if (event.name === 'response_departed') flight.onLink = { queuedAt: sentAt, from: event.time, to: undefined };
    if (event.name === 'response_received' && event.at === 'socket' && flight.onLink) flight.onLink.to = event.time;
    if (event.name === 'response_departed') noteDeparture(flight, event);
    if (event.name === 'response_dropped') flight.dropped = { at: event.time, reason: event.reason };
    return flight;
  }

  #requestOf(exchange: HttpExchange): Flight {
    let flight = this.#requests.get(exchange);
    if (!flight) {
      const sentAt = exchange.startedAt;
      const id = `${exchange.id} request`;
      flight = this.#begin(exchange, { kind: 'request', direction: 'client-to-server', id, sentAt });
      this.#requests.set(exchange, flight);
    }
    return flight;
  }

  #partsOf(exchange: HttpExchange): Flight[] {
    let parts = this.#parts.get(exchange);
    if (!parts) this.#parts.set(exchange, (parts = []));
    return parts;
  }

  #begin(exchange: HttpExchange, own: Pick<Flight, 'kind' | 'direction' | 'id' | 'sentAt'> & { part?: number }): Flight {
    const known = this.#again.get(own.id);
    const flight = begunFlight(known, { connection: exchange.connection, exchange, ...own });
    if (!known) this.#flights.push(flight);
    return flight;
  }
}

function noteDeparture(flight: Flight, { resent, takes }: { resent?: number; takes?: number }): void {
  if (resent) flight.resent = resent;
  if (takes !== undefined) flight.takes = takes;
}

/** Copies what is known of the way. The two clocks may disagree, so clamp: nothing departs before it is sent. */
function takeOver(flight: Flight, { departedAt, sentAt, receivedAt, bytes }: Carried): void {
  const left = departedAt ?? (receivedAt === undefined ? undefined : sentAt);
  flight.departedAt = left === undefined ? undefined : Math.max(left, flight.sentAt);
  flight.receivedAt = receivedAt;
  if (bytes === undefined || flight.captured) return;
  const length = bytes.length / 2;
  flight.length = length;
  flight.captured = { fin: true, rsv: 0, opcode: 0, masked: false, length, bytes };
}
