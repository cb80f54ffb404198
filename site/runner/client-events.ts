/**
 * Checks the order of one client's events: throws at what cannot follow what came before, and drops and counts what is more than
 * a page can draw. The Worker drops events too when a program does more than it can report, so any event may be missing.
 */
import type { TraceEvent } from '../../protocol/trace/trace.ts';
import { BrokenRule } from './read-event.ts';

/** The most kept of one client in a run. */
export const mostOfClient = { connections: 250, events: 100_000 };

/** What a client has reported about a connection. */
interface Told {
  isHttp: boolean;
  /** Numbers of the requests that have begun. */
  requests: Set<number>;
  /** Messages with numbers below these have been reported. */
  sent: number;
  received: number;
  isOpened: boolean;
  isClosed: boolean;
}

export class ClientEvents {
  readonly #told = new Map<string, Told>();
  #events = 0;
  /** The number of events left out. */
  leftOut = 0;

  /** Returns true if the event should be kept. Throws a BrokenRule if no program can have done it. */
  take(event: TraceEvent): boolean {
    const told = this.#told.get(event.connection) ?? this.#begin(event);
    const isKept = told !== undefined && this.#events < mostOfClient.events && follow(told, event);
    if (isKept) this.#events++;
    else this.leftOut++;
    return isKept;
  }

  /** Returns undefined if there are too many connections or the connection's start is missing; then nothing of it is kept. */
  #begin({ connection, name }: TraceEvent): Told | undefined {
    const isHttp = name === 'exchange_started';
    if ((!isHttp && name !== 'connection_started') || this.#told.size >= mostOfClient.connections) return undefined;
    const told = { isHttp, requests: new Set<number>(), sent: 0, received: 0, isOpened: false, isClosed: false };
    this.#told.set(connection, told);
    return told;
  }
}

/** Records the event. Returns false if it belongs to a request whose start is missing. */
function follow(told: Told, event: TraceEvent): boolean {
  if (told.isHttp !== 'request' in event) throw new BrokenRule(`a connection that does not change its kind`);
  const wasStarted = told.isOpened || told.isClosed || told.sent + told.received > 0;
  switch (event.name) {
    case 'connection_started':
    case 'connection_opened':
      if (wasStarted) throw new BrokenRule('one beginning of a connection');
      told.isOpened = event.name === 'connection_opened';
      return true;
    case 'message_sent':
    case 'message_received': {
      const count = event.name === 'message_sent' ? 'sent' : 'received';
      if (told.isClosed || event.message < told[count]) throw new BrokenRule('messages in their order');
      told[count] = event.message + 1;
      return true;
    }
    case 'connection_closed':
      if (told.isClosed) throw new BrokenRule('one end of a connection');
      told.isClosed = true;
      return true;
    case 'exchange_started':
      if (told.requests.has(event.request ?? 0)) throw new BrokenRule('one beginning of a request');
      told.requests.add(event.request ?? 0);
      return true;
    default:
      return !('request' in event) || told.requests.has(event.request ?? 0);
  }
}
