/**
 * A link between two ends, as a discrete-event model: it is told what is sent and when, and says what departs and
 * arrives when. It keeps no timer and reads no clock, so one model drives the live server and the in-page network,
 * and the same seed gives the same schedule.
 *
 * The model: each unit (a run of bytes that must arrive together) waits for its turn, is put on the link at
 * `bandwidth` bit/s, and its last byte arrives `latency` + jitter later. Order is kept in each direction. On a
 * half-duplex link only one direction is carried at a time: a unit waits until all that the other direction has
 * on the link has arrived, and turns go by who has waited longest. On a simplex link server-to-client is the one
 * direction that exists.
 */
import type { Direction } from './trace.ts';

/** How the two directions share the link. */
export type DuplexMode = 'simplex' | 'half' | 'full';

/** What a link is like. */
export interface LinkConditions {
  duplex: DuplexMode;
  /** One way, in milliseconds. */
  latency: number;
  /** Up to this many milliseconds are added to the latency of each unit, at random, order kept. */
  jitter: number;
  /** Bits per second in each direction; 0 means no limit. */
  bandwidth: number;
  /** The seed of the jitter: an integer. */
  seed: number;
}

/** A link that is not there: nothing waits and nothing takes time. */
export const idealLink: LinkConditions = { duplex: 'full', latency: 0, jitter: 0, bandwidth: 0, seed: 1 };

/** True where the link changes nothing and can be left out. */
export function isIdeal(conditions: LinkConditions): boolean {
  return conditions.duplex === 'full' && !conditions.latency && !conditions.jitter && !conditions.bandwidth;
}

/** True where the link has this direction at all. */
export function carries(duplex: DuplexMode, direction: Direction): boolean {
  return duplex !== 'simplex' || direction === 'server-to-client';
}

/** What the link reports. `time` is when it happened, in the milliseconds of the caller's clock. */
export interface LinkEvent<Unit> {
  name: 'departed' | 'arrived' | 'dropped';
  direction: Direction;
  time: number;
  unit: Unit;
}

interface Waiting<Unit> {
  unit: Unit;
  bytes: number;
  sentAt: number;
}

interface Carried<Unit> {
  unit: Unit;
  direction: Direction;
  arrivesAt: number;
}

const directions: readonly Direction[] = ['client-to-server', 'server-to-client'];
const opposite = (direction: Direction): Direction => (direction === directions[0] ? 'server-to-client' : 'client-to-server');

/** One link between one client and one server. `Unit` is whatever the caller wants back on arrival. */
export class Link<Unit> {
  #conditions: LinkConditions;
  #random: () => number;
  readonly #waiting = { 'client-to-server': [] as Waiting<Unit>[], 'server-to-client': [] as Waiting<Unit>[] };
  readonly #carried: Carried<Unit>[] = [];
  /** When the sender of a direction has put its last byte on the link. */
  readonly #freeAt = { 'client-to-server': 0, 'server-to-client': 0 };
  /** When the last unit of a direction arrives. */
  readonly #lastArrival = { 'client-to-server': 0, 'server-to-client': 0 };
  readonly #dropped: LinkEvent<Unit>[] = [];

  constructor(conditions: LinkConditions) {
    this.#conditions = conditions;
    this.#random = seededRandom(conditions.seed);
  }

  get conditions(): LinkConditions {
    return this.#conditions;
  }

  /** Changes the conditions for what departs from now on. What is on the link already arrives as it would have. */
  set conditions(conditions: LinkConditions) {
    if (conditions.seed !== this.#conditions.seed) this.#random = seededRandom(conditions.seed);
    this.#conditions = conditions;
  }

  /** Hands a unit of `bytes` bytes to the link at `now`. Calls must come in the order of time. */
  send(direction: Direction, bytes: number, unit: Unit, now: number): void {
    if (!carries(this.#conditions.duplex, direction)) {
      this.#dropped.push({ name: 'dropped', direction, time: now, unit });
      return;
    }
    this.#waiting[direction].push({ unit, bytes, sentAt: now });
  }

  /** When `advance` has to be called next, or undefined while nothing waits and nothing is carried. */
  get nextTime(): number | undefined {
    if (this.#dropped.length > 0) return (this.#dropped[0] as LinkEvent<Unit>).time;
    const departure = this.#nextDeparture();
    const arrival = this.#nextArrival();
    if (!departure) return arrival?.arrivesAt;
    return arrival ? Math.min(departure.time, arrival.arrivesAt) : departure.time;
  }

  /** All that happens up to and including `now`, in order of time. */
  advance(now: number): LinkEvent<Unit>[] {
    const events = this.#dropped.splice(0);
    for (;;) {
      const departure = this.#nextDeparture();
      const arrival = this.#nextArrival();
      if (arrival && arrival.arrivesAt <= now && (!departure || arrival.arrivesAt <= departure.time)) {
        this.#carried.splice(this.#carried.indexOf(arrival), 1);
        events.push({ name: 'arrived', direction: arrival.direction, time: arrival.arrivesAt, unit: arrival.unit });
      } else if (departure && departure.time <= now) {
        events.push(this.#depart(departure.direction, departure.time));
      } else {
        return events;
      }
    }
  }

  /** The next unit to leave: the earliest that may, and of two at once the one that was sent first. */
  #nextDeparture(): { direction: Direction; time: number } | undefined {
    let next: { direction: Direction; time: number; sentAt: number } | undefined;
    for (const direction of directions) {
      const head = this.#waiting[direction][0];
      if (!head || !this.#mayGo(direction, head.sentAt)) continue;
      const other = this.#conditions.duplex === 'full' ? 0 : this.#lastArrival[opposite(direction)];
      const time = Math.max(head.sentAt, this.#freeAt[direction], other);
      if (!next || time < next.time || (time === next.time && head.sentAt < next.sentAt)) {
        next = { direction, time, sentAt: head.sentAt };
      }
    }
    return next;
  }

  /** On a shared link the turn is the end's that has waited longest; otherwise one that talks on would keep it for ever. */
  #mayGo(direction: Direction, sentAt: number): boolean {
    const rival = this.#waiting[opposite(direction)][0];
    return this.#conditions.duplex === 'full' || !rival || sentAt <= rival.sentAt;
  }

  #nextArrival(): Carried<Unit> | undefined {
    let next: Carried<Unit> | undefined;
    for (const carried of this.#carried) if (!next || carried.arrivesAt < next.arrivesAt) next = carried;
    return next;
  }

  #depart(direction: Direction, time: number): LinkEvent<Unit> {
    const { unit, bytes } = this.#waiting[direction].shift() as Waiting<Unit>;
    const { latency, jitter, bandwidth } = this.#conditions;
    const serialised = bandwidth > 0 ? (bytes * 8 * 1000) / bandwidth : 0;
    const delay = latency + (jitter > 0 ? jitter * this.#random() : 0);
    this.#freeAt[direction] = time + serialised;
    const arrivesAt = Math.max(time + serialised + delay, this.#lastArrival[direction]);
    this.#lastArrival[direction] = arrivesAt;
    this.#carried.push({ unit, direction, arrivesAt });
    return { name: 'departed', direction, time, unit };
  }
}

/** Numbers in [0, 1) that a seed determines (mulberry32). */
function seededRandom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
