/** The trace of one run as it grows: what the runner and the tap saw, on one clock. */
import { clientNameOf } from '../../../protocol/trace/client-name.ts';
import type { Trace, TraceEvent } from '../../../protocol/trace/trace.ts';
import { EventTimes, type Witness } from '../clocks/event-times.ts';
import type { ServerClock } from '../clocks/server-clock.ts';
import { BoundedTrace } from './bounded-trace.ts';

/** The share of the time that correcting times may take. */
const correctingShare = 0.05;

/**
 * Collects a run's events. Corrects the times of earlier events as the server's clock becomes better known, so that nothing is
 * shown before its cause.
 */
export class LiveTrace extends BoundedTrace {
  /** Connections that have closed cleanly at one of their ends. */
  readonly #ended = { client: new Set<string>(), server: new Set<string>() };
  /** Requests that the server has begun to serve and not ended, and those that are over for their client. */
  readonly #openAtServer = new Set<string>();
  readonly #overAtClient = new Set<string>();
  readonly #startedAt: number;
  readonly #clock: ServerClock;
  readonly #times: EventTimes;
  #correcting: ReturnType<typeof setTimeout> | undefined;
  /** When times were last corrected, and how long that took, ms. */
  #corrected = { at: -Infinity, took: 0 };

  /** `startedAt` is the page's clock at the moment of Run: the trace's zero. */
  constructor(startedAt: number, clock: ServerClock, bounds: { keep?: number } = {}) {
    super(bounds);
    this.#startedAt = startedAt;
    this.#clock = clock;
    this.#times = new EventTimes(startedAt, clock);
    this.trace.clock = clock.alignment;
  }

  /**
   * True while a connection that its client closed cleanly, or an exchange that is over for its client, still goes on for the
   * server, so more events will come.
   */
  get isEnding(): boolean {
    const { client, server } = this.#ended;
    return [...client].some((id) => !server.has(id)) || [...this.#openAtServer].some((key) => this.#overAtClient.has(key));
  }

  /** Takes what the reader's program did, and owns it from then on. Times are on the page's clock. */
  addFromClient(events: readonly TraceEvent[]): void {
    this.#addAll(events, ({ connection }) => clientNameOf(connection));
  }

  /** Takes what the tap saw, and owns it from then on. Times are on the server's clock. */
  addFromServer(events: readonly TraceEvent[]): void {
    this.#addAll(events, () => 'server');
  }

  /** The run was stopped, at `now` on the page's clock: nothing more will be heard of what is under way. */
  stop(now: number): void {
    this.stoppedAt(now - this.#startedAt);
  }

  override document(): Trace {
    if (this.#times.isWrong) {
      this.#correct();
      this.revision.value++;
    }
    return super.document();
  }

  #addAll(events: readonly TraceEvent[], witnessOf: (event: TraceEvent) => Witness): void {
    if (events.length === 0) return;
    for (const event of events) {
      const { time: at, connection: id } = event;
      const by = witnessOf(event);
      // The events belong to the message that brought them and to nobody else, so change them in place: a flood brings thousands
      // a second.
      event.time = this.#times.of(at, by);
      if (event.name === 'connection_closed' && (event.wasClean || event.at === 'server')) this.#ended[event.at].add(id);
      if (event.name === 'exchange_started' || event.name === 'exchange_ended') this.#noteExchange(event);
      const kept = this.addIfRoom(event);
      if (kept) this.#times.take(kept, at, by);
    }
    if (this.#times.isWrong) this.#correctInTime();
    this.trace.clock = this.#clock.alignment;
    this.revision.value++;
  }

  #noteExchange({ name, at, connection, request }: Extract<TraceEvent, { name: 'exchange_started' | 'exchange_ended' }>): void {
    if (request === undefined) return;
    const key = `${connection} ${request}`;
    if (at === 'client' && name === 'exchange_ended') this.#overAtClient.add(key);
    else if (at !== 'client' && name === 'exchange_started') this.#openAtServer.add(key);
    else if (at !== 'client') this.#openAtServer.delete(key);
  }

  /** Corrects at once, or a little later if that would take too much of the time. */
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
    this.index.reread(this.trace.events);
    for (const flight of this.flights) this.changes.push(flight);
    this.trace.clock = this.#clock.alignment;
    const at = performance.now();
    this.#corrected = { at, took: at - began };
  }
}
