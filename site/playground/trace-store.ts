/** The trace of one run as it grows: what the runner and the tap saw, on one clock, joined into flights and exchanges. */
import { signal } from '@preact/signals';
import type { HttpExchange } from '../../protocol/exchange.ts';
import { type Flight, FlightIndex } from '../../protocol/flight.ts';
import { emptyTrace, type EventsOmitted, type Trace, type TraceConnection, type TraceEvent } from '../../protocol/trace.ts';
import { EventTimes, type Witness } from './event-times.ts';
import { ServerClock } from './server-clock.ts';

/**
 * As many frames of a run are kept: enough for any lesson, and for a flood as long as a page can hold and search it. Of those
 * after them nothing is kept but their number.
 */
const mostFrames = 20_000;

const ofFrames = /^(?:frame|message)_/;

/** Of the time, correcting the times of what is there may take this part. */
const correctingShare = 0.05;

/**
 * Where a run's events are put together. As the server's clock becomes better known, the times of what is there already are
 * corrected, so that nothing is shown before what caused it.
 */
export class TraceStore {
  readonly trace: Trace = emptyTrace('live');
  /** Rises with each change, so that views know. */
  readonly revision = signal(0);
  /** True where the store holds a trace that was complete already, and not a run of the reader's own. */
  isRecorded = false;
  /** Frames among the flights. */
  frameCount = 0;
  /** Frames that came after as many as are kept. */
  leftOutCount = 0;
  /** Each flight that has changed, in order. */
  readonly changes: Flight[] = [];
  /** Ids of the trace's connections. */
  readonly #known = new Set<string>();
  readonly #omitted = new Map<string, EventsOmitted>();
  readonly #index = new FlightIndex();
  /** Connections that have ended in order for one of their ends. */
  readonly #ended = { client: new Set<string>(), server: new Set<string>() };
  readonly #keep: number;
  readonly #startedAt: number;
  readonly #clock: ServerClock;
  readonly #times: EventTimes;
  #correcting: ReturnType<typeof setTimeout> | undefined;
  /** When times were last corrected, and how long that took, ms. */
  #corrected = { at: -Infinity, took: 0 };

  /** `startedAt` is the page's clock at the moment of Run: the trace's zero. */
  constructor(startedAt: number, clock: ServerClock, { keep = mostFrames } = {}) {
    this.#startedAt = startedAt;
    this.#keep = keep;
    this.#clock = clock;
    this.#times = new EventTimes(startedAt, clock);
    this.trace.clock = clock.alignment;
  }

  /** A store that holds a trace which is complete already: a recorded one. */
  static of(trace: Trace): TraceStore {
    const store = new TraceStore(0, new ServerClock());
    store.isRecorded = true;
    store.trace.clock = trace.clock;
    store.trace.network = trace.network;
    if (trace.stoppedAt !== undefined) store.trace.stoppedAt = trace.stoppedAt;
    for (const connection of trace.connections) store.#take(connection);
    for (const event of trace.events) store.#add(event);
    return store;
  }

  get flights(): readonly Flight[] {
    return this.#index.flights;
  }

  get exchanges(): readonly HttpExchange[] {
    return this.#index.exchanges;
  }

  /** True while a connection that its client has closed in order is not closed for the server: more will be told of it. */
  get isEnding(): boolean {
    const { client, server } = this.#ended;
    return [...client].some((id) => !server.has(id));
  }

  /** Takes what the reader's program did, as its own; times on the page's clock. */
  addFromClient(events: readonly TraceEvent[]): void {
    this.#addAll(events, ({ connection }) => connection.replace(/\d+$/, ''));
  }

  /** Takes what the tap saw, as its own; times on the server's clock. */
  addFromServer(events: readonly TraceEvent[]): void {
    this.#addAll(events, () => 'server');
  }

  /** The run was stopped, by the page's clock: of what is under way nobody will hear any more. */
  stop(now: number): void {
    this.trace.stoppedAt = now - this.#startedAt;
    this.revision.value++;
  }

  /** The trace as a document: events and connections in order of time, whichever was heard of first; times to the microsecond. */
  document(): Trace {
    if (!this.isRecorded && this.#times.isWrong) {
      this.#correct();
      this.revision.value++;
    }
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

  #addAll(events: readonly TraceEvent[], witnessOf: (event: TraceEvent) => Witness): void {
    if (events.length === 0) return;
    for (const event of events) {
      const { time: at } = event;
      const by = witnessOf(event);
      // Theirs was the message that they came in: they are nobody else's, and a flood brings thousands of them a second.
      event.time = this.#times.of(at, by);
      const kept = this.#add(event);
      if (kept) this.#times.take(kept, at, by);
    }
    if (this.#times.isWrong) this.#correctInTime();
    this.trace.clock = this.#clock.alignment;
    this.revision.value++;
  }

  /** At once, or where that would take too much of the time, a little later. */
  #correctInTime(): void {
    const wait = this.#corrected.at + this.#corrected.took / correctingShare - performance.now();
    if (wait <= 0) return this.#correct();
    this.#correcting ??= setTimeout(() => {
      if (this.#times.isWrong) this.#correct();
      this.revision.value++;
    }, wait);
  }

  #correct(): void {
    clearTimeout(this.#correcting);
    this.#correcting = undefined;
    const began = performance.now();
    this.#times.correct();
    this.#index.reread(this.trace.events);
    for (const flight of this.flights) this.changes.push(flight);
    this.trace.clock = this.#clock.alignment;
    const at = performance.now();
    this.#corrected = { at, took: at - began };
  }

  /** Returns the event that is new in the trace, if one is. */
  #add(event: TraceEvent): TraceEvent | undefined {
    const { connection: id } = event;
    if (isStart(event) && !this.#known.has(id)) {
      const client = id.replace(/\d+$/, '');
      if (event.name === 'connection_started') this.#take({ id, client, url: event.url });
      else this.#take({ id, client, url: event.target.replace(/[?#].*$/, ''), kind: 'http' });
    }
    if (event.name === 'connection_closed' && (event.wasClean || event.at === 'server')) this.#ended[event.at].add(id);
    if (this.#isFull && ofFrames.test(event.name) && !this.#index.continues(event)) return this.#leaveOut(event);
    this.trace.events.push(event);
    const known = this.flights.length;
    const flight = this.#index.add(event);
    if (this.flights.length === known) {
      if (flight) this.changes.push(flight);
    } else if (flight?.kind === 'frame') this.frameCount++; // The two halves of the opening handshake are no frames.
    return event;
  }

  #take(connection: TraceConnection): void {
    this.#known.add(connection.id);
    this.trace.connections.push(connection);
  }

  get #isFull(): boolean {
    return !this.isRecorded && this.frameCount >= this.#keep;
  }

  #leaveOut({ name, time, connection }: TraceEvent): TraceEvent | undefined {
    if (name === 'frame_sent') this.leftOutCount++;
    const known = this.#omitted.get(connection);
    if (known) {
      known.count++;
      return undefined;
    }
    const mark: EventsOmitted = { time, at: 'socket', connection, name: 'events_omitted', count: 1 };
    this.#omitted.set(connection, mark);
    this.trace.events.push(mark);
    return mark;
  }
}

/** Whether the event is the first of a connection, as its client saw it. */
function isStart(event: TraceEvent): event is Extract<TraceEvent, { name: 'connection_started' | 'exchange_started' }> {
  return event.name === 'connection_started' || (event.name === 'exchange_started' && event.at === 'client');
}
