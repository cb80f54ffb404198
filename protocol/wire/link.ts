/**
 * A link between two ends, as a discrete-event model: callers tell it what is sent and when, and it says what departs and arrives
 * when. It keeps no timer and reads no clock, so one model drives the live server and the in-page network, and the same seed
 * gives the same schedule.
 *
 * The model: each unit (a run of bytes that must arrive together) waits for its turn, is put on the link at `bandwidth` bit/s,
 * and its last byte arrives `latency` + jitter later. Each direction keeps its order. A half-duplex link carries only one
 * direction at a time: a unit waits until everything the other direction has on the link has arrived, and the end that has waited
 * longest goes next. On a simplex link, server-to-client is the only direction.
 *
 * Loss looks as it does in TCP: the sender sends again after a time-out that doubles each time (RFC 6298 §5.5), and everything
 * after it in that direction waits (RFC 9293 §2.2), so loss is a stall and never a missing unit. A link can also be cut or go
 * silent: it then carries nothing any more, and the ends are only told of a cut.
 */
import { Fifo } from '../collections/fifo.ts';
import type { Direction } from './direction.ts';
import { carries, type LinkConditions } from './link-conditions.ts';
import { seededRandom } from '../collections/seeded-random.ts';

/** An event that the link reports. `time` is when it happened, in milliseconds of the caller's clock. */
export interface LinkEvent<Unit> {
  name: 'departed' | 'arrived' | 'dropped';
  direction: Direction;
  time: number;
  unit: Unit;
  /** For a departure: how often the unit is sent again before it gets through. */
  resent?: number;
  /** For a departure: how long the unit's last byte takes to reach the other end, ms. */
  takes?: number;
}

/** How a link ended. */
export type LinkEnd = 'cut' | 'silent';

interface Waiting<Unit> {
  unit: Unit;
  bytes: number;
  sentAt: number;
}

interface Carried<Unit> {
  unit: Unit;
  direction: Direction;
  arrivesAt: number;
  /** Its number among all departures. */
  departure: number;
}

const directions: readonly Direction[] = ['client-to-server', 'server-to-client'];
const opposite = (direction: Direction): Direction => (direction === directions[0] ? 'server-to-client' : 'client-to-server');

/** One link between one client and one server. `Unit` is whatever the caller wants back on arrival. */
export class Link<Unit> {
  #conditions: LinkConditions;
  #random: () => number;
  readonly #waiting = { 'client-to-server': new Fifo<Waiting<Unit>>(), 'server-to-client': new Fifo<Waiting<Unit>>() };
  /** Also in the order of arrival, since units of one direction never overtake each other. */
  readonly #carried = { 'client-to-server': new Fifo<Carried<Unit>>(), 'server-to-client': new Fifo<Carried<Unit>>() };
  #departures = 0;
  /** When the sender of a direction has put its last byte on the link. */
  readonly #freeAt = { 'client-to-server': 0, 'server-to-client': 0 };
  /** When the last unit of a direction arrives. */
  readonly #lastArrival = { 'client-to-server': 0, 'server-to-client': 0 };
  readonly #dropped: LinkEvent<Unit>[] = [];
  readonly #openedAt: number;
  #end: LinkEnd | undefined;

  /** Creates a link. `cut` and `silent` count from `openedAt`, in milliseconds of the caller's clock. */
  constructor(conditions: LinkConditions, openedAt = 0) {
    this.#openedAt = openedAt;
    this.#conditions = conditions;
    this.#random = seededRandom(conditions.seed);
  }

  get conditions(): LinkConditions {
    return this.#conditions;
  }

  /** Set once `advance` has reached the end of the link: everything sent from then on is dropped. */
  get end(): LinkEnd | undefined {
    return this.#end;
  }

  /** Changes the conditions for what departs from now on. What is already on the link arrives as it would have. */
  set conditions(conditions: LinkConditions) {
    if (conditions.seed !== this.#conditions.seed) this.#random = seededRandom(conditions.seed);
    this.#conditions = conditions;
  }

  /**
   * Hands a unit of `bytes` bytes to the link at `now`. Calls must come in order of time. `exempt` carries it even in a direction
   * that a simplex link lacks.
   */
  send(direction: Direction, bytes: number, unit: Unit, now: number, { exempt = false } = {}): void {
    if (this.#end || (!exempt && !carries(this.#conditions.duplex, direction))) {
      this.#dropped.push({ name: 'dropped', direction, time: now, unit });
      return;
    }
    this.#waiting[direction].add({ unit, bytes, sentAt: now });
  }

  /** When to call `advance` next, or undefined while nothing waits and nothing is carried. */
  get nextTime(): number | undefined {
    if (this.#dropped.length > 0) return (this.#dropped[0] as LinkEvent<Unit>).time;
    const next = Math.min(
      this.#nextDeparture()?.time ?? Infinity,
      this.#nextArrival()?.arrivesAt ?? Infinity,
      this.#nextEnd().time,
    );
    return next === Infinity ? undefined : next;
  }

  /**
   * Returns everything that happens up to and including `now`, in order of time, but only the first `most` departures and
   * arrivals.
   */
  advance(now: number, most = Infinity): LinkEvent<Unit>[] {
    const events = this.#dropped.splice(0);
    const { time: endsAt, how } = this.#nextEnd();
    if (endsAt > now) return [...events, ...this.#advanceTo(now, most)];
    const before = this.#advanceTo(endsAt, most);
    if (before.length >= most) return [...events, ...before];
    this.#end = how;
    return [...events, ...before, ...this.#dropAll(endsAt)];
  }

  /** Returns when and how the link ends, if it has not: by a cut or a silence, whichever comes first. */
  #nextEnd(): { time: number; how: LinkEnd } {
    const { cut, silent } = this.#conditions;
    const how = silent > 0 && (cut === 0 || silent < cut) ? 'silent' : 'cut';
    const after = how === 'cut' ? cut : silent;
    return { time: this.#end || after === 0 ? Infinity : this.#openedAt + after, how };
  }

  /** Drops everything that waits or is on the link. */
  #dropAll(time: number): LinkEvent<Unit>[] {
    const carried = directions
      .flatMap((direction) => this.#carried[direction].takeAll())
      .sort((a, b) => a.departure - b.departure)
      .map(({ direction, unit }) => ({ direction, unit }));
    const waiting = directions.flatMap((direction) =>
      this.#waiting[direction].takeAll().map(({ unit }) => ({ direction, unit })),
    );
    return [...carried, ...waiting].map((lost) => ({ name: 'dropped', time, ...lost }));
  }

  #advanceTo(now: number, most: number): LinkEvent<Unit>[] {
    const events: LinkEvent<Unit>[] = [];
    while (events.length < most) {
      const departure = this.#nextDeparture();
      const arrival = this.#nextArrival();
      if (arrival && arrival.arrivesAt <= now && (!departure || arrival.arrivesAt <= departure.time)) {
        this.#carried[arrival.direction].take();
        events.push({ name: 'arrived', direction: arrival.direction, time: arrival.arrivesAt, unit: arrival.unit });
      } else if (departure && departure.time <= now) {
        events.push(this.#depart(departure.direction, departure.time));
      } else {
        break;
      }
    }
    return events;
  }

  /** Returns the next unit to leave: the earliest that may; if two are due at once, the one that was sent first. */
  #nextDeparture(): { direction: Direction; time: number } | undefined {
    let next: { direction: Direction; time: number; sentAt: number } | undefined;
    for (const direction of directions) {
      const head = this.#waiting[direction].first;
      if (!head || !this.#mayGo(direction, head.sentAt)) continue;
      const other = this.#conditions.duplex === 'full' ? 0 : this.#lastArrival[opposite(direction)];
      const time = Math.max(head.sentAt, this.#freeAt[direction], other);
      if (!next || time < next.time || (time === next.time && head.sentAt < next.sentAt)) {
        next = { direction, time, sentAt: head.sentAt };
      }
    }
    return next;
  }

  /**
   * On a shared link the end that has waited longest goes next; otherwise one that keeps talking would hold the turn for ever.
   */
  #mayGo(direction: Direction, sentAt: number): boolean {
    const rival = this.#waiting[opposite(direction)].first;
    return this.#conditions.duplex === 'full' || !rival || sentAt <= rival.sentAt;
  }

  /** Returns the next unit to arrive; if two arrive at once, the one that departed first. */
  #nextArrival(): Carried<Unit> | undefined {
    const up = this.#carried['client-to-server'].first;
    const down = this.#carried['server-to-client'].first;
    if (!up || !down) return up ?? down;
    return (up.arrivesAt - down.arrivesAt || up.departure - down.departure) < 0 ? up : down;
  }

  #depart(direction: Direction, time: number): LinkEvent<Unit> {
    const { unit, bytes } = this.#waiting[direction].take() as Waiting<Unit>;
    const { latency, jitter, bandwidth, loss } = this.#conditions;
    const serialised = bandwidth > 0 ? (bytes * 8 * 1000) / bandwidth : 0;
    const resent = loss > 0 ? this.#losses(loss / 100) : 0;
    const delay = latency + (jitter > 0 ? jitter * this.#random() : 0) + timeOut(latency) * (2 ** resent - 1);
    this.#freeAt[direction] = time + serialised;
    const arrivesAt = Math.max(time + serialised + delay, this.#lastArrival[direction]);
    this.#lastArrival[direction] = arrivesAt;
    this.#carried[direction].add({ unit, direction, arrivesAt, departure: this.#departures++ });
    return { name: 'departed', direction, time, unit, takes: arrivesAt - time, ...(resent > 0 && { resent }) };
  }

  /** Returns how often a unit is lost before it gets through. */
  #losses(chance: number): number {
    let losses = 0;
    while (losses < mostLosses && this.#random() < chance) losses++;
    return losses;
  }
}

/** A unit gets through after at most this many losses, so that a one-second time-out never grows to a minute. */
const mostLosses = 5;

/**
 * Returns a sender's first time-out, ms: the round trip plus the 200 ms that common systems wait at least; RFC 6298 §2 recommends
 * a second.
 */
const timeOut = (latency: number): number => 2 * latency + 200;
