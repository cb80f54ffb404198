/**
 * The transcript: the trace as lines of text in the order of time. Exactly one line tells each event of the trace. A line
 * covers all events that are one step of one thing: the program and the wire both see a frame sent, and that is one line.
 */
import { exchangeOf, flightOf } from '../../../protocol/trace/event-subjects.ts';
import type { HttpExchange } from '../../../protocol/trace/exchange.ts';
import type { Flight } from '../../../protocol/trace/flight.ts';
import type { FlightIndex } from '../../../protocol/trace/flight-index.ts';
import type { ExchangeEvent, TraceEvent } from '../../../protocol/trace/trace.ts';

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
  readonly #index: FlightIndex;
  #lines: Line[] = [];
  /** Lines that were merged into another one, still to be removed. */
  readonly #joined = new Set<Line>();
  /** Lines of frames and exchanges by their step. */
  readonly #steps = new Map<object, Map<string, Line>>();
  /** Receipts of messages whose frame is still unknown, by connection and number. */
  readonly #early = new Map<string, Line>();
  /** Counts what programs saw, since each sighting gets a line of its own. */
  #seen = 0;
  #eventsRead = 0;

  /** `index` has read the events that this reads, and any corrections of their times. */
  constructor(index: FlightIndex) {
    this.#index = index;
  }

  /** Takes the events that are new since the last call. */
  read(events: readonly TraceEvent[]): void {
    for (; this.#eventsRead < events.length; this.#eventsRead++) this.#add(events[this.#eventsRead] as TraceEvent);
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

  #add(event: TraceEvent): void {
    const flight = flightOf(this.#index, event);
    const exchange = exchangeOf(this.#index, event);
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
