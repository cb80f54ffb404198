/**
 * The transcript: the trace as lines of text in the order of time. Exactly one line tells each event of the trace. A line
 * covers all events that are one step of one thing: the program and the wire both see a frame sent, and that is one line.
 */
import { ExchangeIndex, type HttpExchange } from '../../../protocol/trace/exchange.ts';
import { type Flight, FlightIndex } from '../../../protocol/trace/flight.ts';
import type { ExchangeEvent, TraceEvent } from '../../../protocol/trace/trace.ts';
import { FlightTimeIndex } from '../conversation/flight-time-index.ts';

/** Steps of a frame's way: it is sent, begins to move if it had to wait, arrives, or is dropped. */
export type FlightStep = 'sent' | 'departed' | 'received' | 'dropped';
/** Steps of an HTTP exchange. `part` counts the parts of its response. */
export type ExchangeStep =
  | 'asked'
  | 'request departed'
  | 'request received'
  | 'request dropped'
  | 'response sent'
  | 'response departed'
  | 'response received'
  | 'response dropped'
  | 'ended'
  /** The program saw something of it; each sighting counts by itself. */
  | 'seen';

export type Line = { events: TraceEvent[] } & (
  | { of: 'flight'; step: FlightStep; flight: Flight; resent: number }
  | { of: 'exchange'; step: ExchangeStep; exchange: HttpExchange; flight: Flight | undefined; part: number; resent: number }
  /** An event that happened once, or whose frame or exchange was not captured. */
  | { of: 'event'; event: TraceEvent }
);

/** The shortest wait, ms, that is the link's and not the machine's. */
const leastWait = 1;

/** Returns the moment that a line tells of, ms. May change while the trace grows. */
export function timeOf(line: Line): number {
  const [first] = line.events as [TraceEvent];
  if (line.of === 'event') return line.event.time;
  if (line.of === 'flight') {
    const { sentAt, departedAt, receivedAt, dropped } = line.flight;
    const times = { sent: sentAt, departed: departedAt, received: receivedAt, dropped: dropped?.at };
    return times[line.step] ?? first.time;
  }
  return line.step === 'asked' ? line.exchange.startedAt : first.time;
}

export class Transcript {
  readonly #flightIndex = new FlightIndex();
  readonly #exchangeIndex = new ExchangeIndex();
  readonly #changes: Flight[] = [];
  readonly #byTime = new FlightTimeIndex({ flights: this.#flightIndex.flights, changes: this.#changes });
  #lines: Line[] = [];
  /** Lines that were merged into another one, still to be removed. */
  readonly #joined = new Set<Line>();
  /** Lines of frames and exchanges by their step. */
  readonly #steps = new Map<object, Map<string, Line>>();
  /** Receipts of messages whose frame is still unknown, by connection and number. */
  readonly #early = new Map<string, Line>();
  /** Counts what programs saw, since each sighting gets a line of its own. */
  #seen = 0;
  /** The times of the events read so far, as they were when read, ms. */
  #times: number[] = [];

  /** Takes the events that are new since the last call, and corrected times of known ones. */
  read(events: readonly TraceEvent[]): void {
    if (this.#times.some((time, i) => events[i]?.time !== time)) this.#correct(events.slice(0, this.#times.length));
    for (const event of events.slice(this.#times.length)) {
      this.#times.push(event.time);
      this.#add(event);
    }
  }

  #correct(events: readonly TraceEvent[]): void {
    this.#flightIndex.reread(events);
    this.#exchangeIndex.reread(() => {
      for (const event of events) this.#exchangeIndex.add(event);
    });
    for (const flight of this.#flightIndex.flights) this.#changes.push(flight);
    this.#times = events.map(({ time }) => time);
  }

  /** Returns all lines, in the order of time. */
  lines(): Line[] {
    if (this.#joined.size > 0) {
      this.#lines = this.#lines.filter((line) => !this.#joined.has(line));
      this.#joined.clear();
    }
    // Sort on every call, since times may change; the lines are nearly in order already.
    return this.#lines.sort((a, b) => timeOf(a) - timeOf(b));
  }

  /** Returns how many frames were in flight the other way on a flight's connection at the moment it was sent. */
  crossing({ connection, direction, sentAt }: Flight): number {
    this.#byTime.read();
    return this.#byTime
      .between(sentAt, sentAt)
      .filter(
        (other) =>
          other.connection === connection &&
          other.direction !== direction &&
          other.kind === 'frame' &&
          (other.departedAt ?? Infinity) <= sentAt &&
          (other.receivedAt ?? (other.dropped ? 0 : Infinity)) > sentAt,
      ).length;
  }

  #add(event: TraceEvent): void {
    const flight = this.#flightIndex.add(event);
    if (flight) this.#changes.push(flight);
    const exchange = this.#exchangeIndex.add(event);
    if (exchange) return this.#tellExchange(exchange, event as ExchangeEvent, flight);
    if (flight) return this.#tellFlight(flight, event);
    const line: Line = { of: 'event', event, events: [event] };
    this.#lines.push(line);
    if (event.name === 'message_received') this.#early.set(`${event.connection} ${event.message}`, line);
  }

  #tellFlight(flight: Flight, event: TraceEvent): void {
    const resent = 'resent' in event ? (event.resent ?? 0) : 0;
    let step: FlightStep = 'sent';
    if (event.name === 'frame_departed') {
      step = resent > 0 || (flight.departedAt ?? 0) - flight.sentAt >= leastWait ? 'departed' : 'sent';
    } else if (event.name.endsWith('_received')) step = 'received';
    else if (event.name === 'frame_dropped') step = 'dropped';
    this.#tell(flight, step, event, () => ({ of: 'flight', step, flight, resent, events: [] }));
    if (event.name === 'frame_sent' && event.fin && event.direction === 'server-to-client') this.#join(flight);
  }

  /** Merges a receipt that came before its frame into the frame's own. */
  #join(flight: Flight): void {
    const key = `${flight.connection} ${String(flight.message)}`;
    const early = this.#early.get(key);
    if (!early) return;
    this.#early.delete(key);
    this.#joined.add(early);
    const [receipt] = early.events as [TraceEvent];
    this.#tell(flight, 'received', receipt, () => ({ of: 'flight', step: 'received', flight, resent: 0, events: [] }));
  }

  #tellExchange(exchange: HttpExchange, event: ExchangeEvent, flight: Flight | undefined): void {
    const step = stepOf(exchange, event);
    const part = 'part' in event ? event.part : 0;
    const resent = 'resent' in event ? (event.resent ?? 0) : 0;
    const which = step === 'seen' ? `seen ${this.#seen++}` : `${step} ${part}`;
    this.#tell(exchange, which, event, () => ({
      of: 'exchange',
      step,
      exchange,
      flight,
      part,
      resent,
      events: [],
    }));
  }

  #tell(subject: object, step: string, event: TraceEvent, begin: () => Line): void {
    let steps = this.#steps.get(subject);
    if (!steps) this.#steps.set(subject, (steps = new Map()));
    let line = steps.get(step);
    if (!line) {
      steps.set(step, (line = begin()));
      this.#lines.push(line);
    }
    line.events.push(event);
  }
}

function stepOf({ request, parts }: HttpExchange, event: ExchangeEvent): ExchangeStep {
  const waited = (sentAt: number | undefined): boolean =>
    ('resent' in event && event.resent !== undefined) || event.time - (sentAt ?? event.time) >= leastWait;
  if (event.at === 'client' && event.name !== 'exchange_started') return 'seen';
  switch (event.name) {
    case 'exchange_started':
    case 'request_sent':
      return 'asked';
    case 'request_departed':
      return waited(request.sentAt) ? 'request departed' : 'asked';
    case 'request_received':
      return 'request received';
    case 'request_dropped':
      return 'request dropped';
    case 'response_sent':
      return 'response sent';
    case 'response_departed':
      return waited(parts[event.part]?.sentAt) ? 'response departed' : 'response sent';
    case 'response_received':
      return 'response received';
    case 'response_dropped':
      return 'response dropped';
    case 'exchange_ended':
      return 'ended';
    default:
      return 'seen';
  }
}
