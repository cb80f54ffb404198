/**
 * Holds back what a program says of its connections until the tap has seen the connection too: the reader's code runs beside what
 * observes it, and could tell the page anything. That it asked for a connection, or got none, is believed at once.
 */
import type { TraceEvent } from '../../../protocol/trace/trace.ts';

/** The most events held back; later ones are dropped. */
const mostWaiting = 5000;

export class Unconfirmed {
  readonly #keep: (event: TraceEvent) => void;
  /** Connections and their requests that the tap has seen. */
  readonly #seen = new Set<string>();
  readonly #waiting = new Map<string, TraceEvent[]>();
  #count = 0;

  /** `keep` is called with each event that is believed, in order within a connection. */
  constructor(keep: (event: TraceEvent) => void) {
    this.#keep = keep;
  }

  /** True while events are held back. */
  get isWaiting(): boolean {
    return this.#waiting.size > 0;
  }

  /** Connections with events still held back because the tap has not seen them. */
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
      // Each request is confirmed by itself. If the tap left something out, it may have been any request of the connection.
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

/** Returns the connection's name, followed by the request's number for an exchange. */
const nameOf = (event: TraceEvent): string =>
  'request' in event && event.request !== undefined ? `${event.connection} ${event.request}` : event.connection;

/** Returns true for an event that says nothing about the other end. */
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
