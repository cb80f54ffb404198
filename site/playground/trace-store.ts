/**
 * A trace as the page holds it, its events joined into flights and exchanges. A recorded trace stays as it is; a live one grows
 * (`live-trace.ts`).
 */
import { clientNameOf } from '../../protocol/trace/client-name.ts';
import { signal } from '@preact/signals';
import type { HttpExchange } from '../../protocol/trace/exchange.ts';
import type { Flight } from '../../protocol/trace/flight.ts';
import { FlightIndex } from '../../protocol/trace/flight-index.ts';
import { emptyTrace, type Trace, type TraceConnection, type TraceEvent } from '../../protocol/trace/trace.ts';

export class TraceStore {
  readonly trace: Trace;
  /** Rises with each change, so that views notice it. */
  readonly revision = signal(0);
  /** True if the store holds a trace that was already complete, not one of the reader's own runs. */
  isRecorded = false;
  /** The number of frames among the flights. */
  frameCount = 0;
  /** The number of frames dropped once the limit was reached. */
  leftOutCount = 0;
  /** Each flight that has changed, in order. */
  readonly changes: Flight[] = [];
  readonly index = new FlightIndex();
  /** Ids of the trace's connections. */
  readonly #known = new Set<string>();

  constructor(network: Trace['network'] = 'live') {
    this.trace = emptyTrace(network);
  }

  /** Returns a store that holds an already complete trace, such as a recorded one. */
  static of(trace: Trace): TraceStore {
    const store = new TraceStore();
    store.isRecorded = true;
    const { clock, network, stoppedAt } = trace;
    Object.assign(store.trace, { clock, network, ...(stoppedAt !== undefined && { stoppedAt }) });
    for (const connection of trace.connections) store.#take(connection);
    for (const event of trace.events) store.add(event);
    return store;
  }

  get flights(): readonly Flight[] {
    return this.index.flights;
  }

  get exchanges(): readonly HttpExchange[] {
    return this.index.exchanges;
  }

  /**
   * Returns the trace as a document: events and connections in order of time, whichever was reported first; times to the
   * microsecond.
   */
  document(): Trace {
    const events = [...this.trace.events].sort((a, b) => a.time - b.time);
    const begun = new Map<string, number>();
    for (const { connection } of events.filter(isStart)) if (!begun.has(connection)) begun.set(connection, begun.size);
    const connections = this.trace.connections.toSorted((a, b) => (begun.get(a.id) ?? -1) - (begun.get(b.id) ?? -1));
    const rounded = (time: number): number => Math.round(time * 1000) / 1000;
    const { stoppedAt } = this.trace;
    return {
      ...this.trace,
      ...(stoppedAt !== undefined && { stoppedAt: rounded(stoppedAt) }),
      connections,
      events: events.map((event) => ({ ...event, time: rounded(event.time) })),
    };
  }

  /** Takes an event whose time is already that of the trace. */
  protected add(event: TraceEvent): void {
    const { connection: id } = event;
    if (isStart(event) && !this.#known.has(id)) {
      const client = clientNameOf(id);
      if (event.name === 'connection_started') this.#take({ id, client, url: event.url });
      else this.#take({ id, client, url: event.target.replace(/[?#].*$/, ''), kind: 'http' });
    }
    this.trace.events.push(event);
    const known = this.flights.length;
    const flight = this.index.add(event);
    if (this.flights.length === known) {
      if (flight) this.changes.push(flight);
    } else if (flight?.kind === 'frame') this.frameCount++; // The two halves of the opening handshake are no frames.
  }

  #take(connection: TraceConnection): void {
    this.#known.add(connection.id);
    this.trace.connections.push(connection);
  }
}

/** Returns whether the event is the first of a connection, as its client saw it. */
function isStart(event: TraceEvent): event is Extract<TraceEvent, { name: 'connection_started' | 'exchange_started' }> {
  return event.name === 'connection_started' || (event.name === 'exchange_started' && event.at === 'client');
}
