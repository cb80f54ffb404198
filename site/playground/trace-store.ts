/** The trace of one run as it grows: what the runner and the tap saw, on one clock, joined into flights. */
import { signal } from '@preact/signals';
import { type Flight, FlightIndex } from '../../protocol/flight.ts';
import { emptyTrace, type Trace, type TraceEvent } from '../../protocol/trace.ts';
import type { ClockAlignment } from './clock-alignment.ts';

/** Where a run's events are put together. */
export class TraceStore {
  readonly trace: Trace = emptyTrace('live');
  /** Rises with each change, so that views know. */
  readonly revision = signal(0);
  /** True where the store holds a trace that was complete already, and not a run of the reader's own. */
  isRecorded = false;
  /** Frames among the flights. */
  frameCount = 0;
  readonly #index = new FlightIndex();
  readonly #startedAt: number;

  /** `startedAt` is the page's clock at the moment of Run: the trace's zero. */
  constructor(startedAt: number, clock: ClockAlignment) {
    this.#startedAt = startedAt;
    this.trace.clock = clock;
  }

  /** A store that holds a trace which is complete already: a recorded one. */
  static of(trace: Trace): TraceStore {
    const store = new TraceStore(0, trace.clock);
    store.isRecorded = true;
    store.trace.network = trace.network;
    store.trace.connections.push(...trace.connections);
    for (const event of trace.events) store.#add(event);
    return store;
  }

  get flights(): readonly Flight[] {
    return this.#index.flights;
  }

  /** Takes what the reader's program did; times on the page's clock. */
  addFromClient(events: readonly TraceEvent[]): void {
    this.#addAll(events, this.#startedAt);
  }

  /** Takes what the tap saw; times on the server's clock. */
  addFromServer(events: readonly TraceEvent[]): void {
    this.#addAll(events, this.#startedAt + this.trace.clock.offsetMs);
  }

  /** The trace as a document: events in order of time, times to the microsecond. */
  document(): Trace {
    const events = [...this.trace.events].sort((a, b) => a.time - b.time);
    return { ...this.trace, events: events.map((event) => ({ ...event, time: Math.round(event.time * 1000) / 1000 })) };
  }

  #addAll(events: readonly TraceEvent[], zero: number): void {
    for (const event of events) this.#add({ ...event, time: event.time - zero });
    if (events.length > 0) this.revision.value++;
  }

  #add(event: TraceEvent): void {
    const { connections } = this.trace;
    if (event.name === 'connection_started' && !connections.some(({ id }) => id === event.connection)) {
      connections.push({ id: event.connection, client: event.connection.replace(/\d+$/, ''), url: event.url });
    }
    this.trace.events.push(event);
    const known = this.flights.length;
    this.#index.add(event);
    // The two halves of the opening handshake are no frames.
    if (this.flights.length > known && this.flights.at(-1)?.kind === 'frame') this.frameCount++;
  }
}
