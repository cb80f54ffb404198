/**
 * What a program says of its connections, kept back until the tap has seen the connection too: the reader's code runs beside what
 * observes it, and might tell the page what it likes. That it asked for a connection, and that it got none, is believed at once.
 */
import type { TraceEvent } from '../../../protocol/trace/trace.ts';

/** So much is kept back at the most; what comes after it is left out. */
const mostWaiting = 5000;

export class Unconfirmed {
  readonly #keep: (event: TraceEvent) => void;
  /** Connections, and requests of them, that the tap has seen. */
  readonly #seen = new Set<string>();
  readonly #waiting = new Map<string, TraceEvent[]>();
  #count = 0;

  /** `keep` is called with each event that is believed, those of a connection in their order. */
  constructor(keep: (event: TraceEvent) => void) {
    this.#keep = keep;
  }

  /** True while something is kept back. */
  get isWaiting(): boolean {
    return this.#waiting.size > 0;
  }

  /** Connections of which something is kept back: the tap has not seen them. */
  get connections(): string[] {
    return [...new Set([...this.#waiting.values()].flatMap(([event]) => (event ? [event.connection] : [])))];
  }

  /** Takes what a program did. */
  fromClient(event: TraceEvent): void {
    const name = nameOf(event);
    const waiting = this.#waiting.get(name);
    if (!waiting && (claimsNothing(event) || this.#seen.has(name) || this.#seen.has(event.connection))) this.#keep(event);
    else if (this.#count < mostWaiting) {
      this.#count++;
      if (waiting) waiting.push(event);
      else this.#waiting.set(name, [event]);
    }
  }

  /** Takes what the tap saw. */
  fromServer(events: readonly TraceEvent[]): void {
    for (const event of events) {
      // Each request is seen by itself. Where the tap has left something out, any of the connection may have been it.
      const isOfRequest = 'exchange' in event;
      const name = nameOf(event);
      if (this.#seen.has(name) || event.at === 'client' || (isOfRequest && name === event.connection)) continue;
      this.#seen.add(name);
      for (const [waiting, held] of this.#waiting) {
        if (waiting !== name && (isOfRequest || held[0]?.connection !== name)) continue;
        this.#waiting.delete(waiting);
        this.#count -= held.length;
        for (const one of held) this.#keep(one);
      }
    }
  }
}

/** The connection's name, and of an exchange the request's number with it. */
const nameOf = (event: TraceEvent): string =>
  'request' in event && event.request !== undefined ? `${event.connection} ${event.request}` : event.connection;

/** True for what says nothing of the other end. */
function claimsNothing(event: TraceEvent): boolean {
  switch (event.name) {
    case 'connection_started':
    case 'exchange_started':
    case 'close_called':
      return true;
    case 'connection_closed':
      return event.code === 1006 && !event.wasClean && event.reason === '';
    case 'exchange_ended':
      return !event.complete;
    default:
      return false;
  }
}
