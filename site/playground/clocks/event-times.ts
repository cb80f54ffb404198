/**
 * Tells when the events of a run happened, on one clock. Events seen by the server are moved onto the page's clock. Events seen
 * at both ends show how far apart the two clocks are, so the times of earlier events may need correcting.
 */
import { type CausalPair, CrossingPairs } from '../../../protocol/trace/causality.ts';
import type { TraceEvent } from '../../../protocol/trace/trace.ts';
import { putInOrder } from './causal-times.ts';
import type { ServerClock } from './server-clock.ts';

/** Who saw an event: the server, or a client, by its letter. */
export type Witness = string;

const server: Witness = 'server';
/** How far the server's clock may turn out to be from its estimate, ms, before that alone moves any events. */
const leastCorrection = 0.2;

interface Seen {
  event: TraceEvent;
  /** The time on the clock of whoever saw it. */
  at: number;
  by: Witness;
}

export class EventTimes {
  readonly #startedAt: number;
  readonly #clock: ServerClock;
  readonly #seen: Seen[] = [];
  /** The latest event that each witness has seen. */
  readonly #latest = new Map<Witness, Seen>();
  /** Events that may be half of a pair. */
  readonly #seenAtEnd = new Map<TraceEvent, Seen>();
  readonly #crossing = new CrossingPairs();
  readonly #pairs: CausalPair[] = [];
  /** The offset of the server's clock with which the events were placed. */
  #offset: number;
  #isWrong = false;

  /** `startedAt` is the page's clock at the trace's zero. */
  constructor(startedAt: number, clock: ServerClock) {
    this.#startedAt = startedAt;
    this.#clock = clock;
    this.#offset = clock.alignment.offsetMs;
  }

  /** Returns the time in the trace of what `by` saw at `at` on its own clock. */
  of(at: number, by: Witness): number {
    return (by === server ? this.#clock.toPage(at) : at) - this.#startedAt;
  }

  /** Takes an event whose time came from `of`. */
  take(event: TraceEvent, at: number, by: Witness): void {
    const seen = { event, at, by };
    this.#seen.push(seen);
    const latest = this.#latest.get(by);
    // The estimate of its clock has improved between the two events.
    if (latest && (at - latest.at) * (event.time - latest.event.time) < 0) this.#isWrong = true;
    if (!latest || at >= latest.at) this.#latest.set(by, seen);
    if (event.at === 'link') return;
    this.#seenAtEnd.set(event, seen);
    for (const pair of this.#crossing.add(event)) this.#bound(pair);
  }

  /**
   * True if an effect precedes its cause, one end's events are out of order, or the server's clock has turned out to be
   * elsewhere.
   */
  get isWrong(): boolean {
    return this.#isWrong || Math.abs(this.#clock.alignment.offsetMs - this.#offset) > leastCorrection;
  }

  /** Recomputes the times of all events. */
  correct(): void {
    this.#isWrong = false;
    this.#offset = this.#clock.alignment.offsetMs;
    for (const { event, at, by } of this.#seen) event.time = this.of(at, by);
    const ends = new Map<Witness, Seen[]>();
    for (const seen of this.#seen) {
      const end = ends.get(seen.by);
      if (end) end.push(seen);
      else ends.set(seen.by, [seen]);
    }
    const inOrder = [...ends.values()].map((end) => end.sort((a, b) => a.at - b.at).map(({ event }) => event));
    putInOrder(inOrder, this.#pairs);
  }

  #bound(pair: CausalPair): void {
    const [cause, effect] = [this.#seenAtEnd.get(pair.cause), this.#seenAtEnd.get(pair.effect)];
    if (!cause || !effect) return;
    this.#pairs.push(pair);
    if (effect.event.time < cause.event.time) this.#isWrong = true;
    if (cause.by === effect.by) return;
    if (effect.by === server) this.#clock.sawFromClient(cause.at, effect.at);
    else this.#clock.sawFromServer(cause.at, effect.at);
  }
}
