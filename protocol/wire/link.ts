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
 *
 * What is lost is shown as TCP shows it: the sender sends again after a time-out that doubles each time (RFC 6298 §5.5),
 * and all that follows in that direction waits (RFC 9293 §2.2), so loss is a stall and never a missing unit. A link can
 * also be cut, or go silent: then it carries nothing any more, and only a cut is told to the ends.
 */
import { Fifo } from '../collections/fifo.ts';
import type { Direction } from './direction.ts';

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
  /** The seed of jitter and loss: an integer. */
  seed: number;
  /** How many of a hundred units are lost on their way, on average, each time they are sent: 0 to 50. */
  loss: number;
  /** The link is cut this long after it opened, ms; 0 means never. */
  cut: number;
  /** The link goes silent this long after it opened, ms; 0 means never. */
  silent: number;
}

/** A link that is not there: nothing waits and nothing takes time. */
export const idealLink: LinkConditions = {
  duplex: 'full',
  latency: 0,
  jitter: 0,
  bandwidth: 0,
  seed: 1,
  loss: 0,
  cut: 0,
  silent: 0,
};

/** The seed of the nth of several links that are given one seed: the first, n = 0, has that seed itself. */
export const nthSeed = (seed: number, n: number): number => (seed + Math.imul(n, 0x9e3779b9)) | 0;

/** True where the link changes nothing and can be left out. */
export function isIdeal(conditions: LinkConditions): boolean {
  const { duplex, latency, jitter, bandwidth, loss, cut, silent } = conditions;
  return duplex === 'full' && [latency, jitter, bandwidth, loss, cut, silent].every((value) => value === 0);
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
  /** Of a departure: how often the unit is sent again before it gets through. */
  resent?: number;
  /** Of a departure: how long it takes until the unit's last byte is at the other end, ms. */
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
  /** In the order of arrival too, since none of a direction overtakes another. */
  readonly #carried = { 'client-to-server': new Fifo<Carried<Unit>>(), 'server-to-client': new Fifo<Carried<Unit>>() };
  #departures = 0;
  /** When the sender of a direction has put its last byte on the link. */
  readonly #freeAt = { 'client-to-server': 0, 'server-to-client': 0 };
  /** When the last unit of a direction arrives. */
  readonly #lastArrival = { 'client-to-server': 0, 'server-to-client': 0 };
  readonly #dropped: LinkEvent<Unit>[] = [];
  readonly #openedAt: number;
  #end: LinkEnd | undefined;

  /** `openedAt`: the time from which `cut` and `silent` count, in the milliseconds of the caller's clock. */
  constructor(conditions: LinkConditions, openedAt = 0) {
    this.#openedAt = openedAt;
    this.#conditions = conditions;
    this.#random = seededRandom(conditions.seed);
  }

  get conditions(): LinkConditions {
    return this.#conditions;
  }

  /** Set once `advance` has come to the end of the link: from then on all that is sent is dropped. */
  get end(): LinkEnd | undefined {
    return this.#end;
  }

  /** Changes the conditions for what departs from now on. What is on the link already arrives as it would have. */
  set conditions(conditions: LinkConditions) {
    if (conditions.seed !== this.#conditions.seed) this.#random = seededRandom(conditions.seed);
    this.#conditions = conditions;
  }

  /** Hands a unit of `bytes` bytes to the link at `now`. Calls must come in the order of time. */
  send(direction: Direction, bytes: number, unit: Unit, now: number): void {
    if (this.#end || !carries(this.#conditions.duplex, direction)) {
      this.#dropped.push({ name: 'dropped', direction, time: now, unit });
      return;
    }
    this.#waiting[direction].add({ unit, bytes, sentAt: now });
  }

  /** When `advance` has to be called next, or undefined while nothing waits and nothing is carried. */
  get nextTime(): number | undefined {
    if (this.#dropped.length > 0) return (this.#dropped[0] as LinkEvent<Unit>).time;
    const next = Math.min(
      this.#nextDeparture()?.time ?? Infinity,
      this.#nextArrival()?.arrivesAt ?? Infinity,
      this.#nextEnd().time,
    );
    return next === Infinity ? undefined : next;
  }

  /** All that happens up to and including `now`, in order of time; of departures and arrivals the first `most`. */
  advance(now: number, most = Infinity): LinkEvent<Unit>[] {
    const events = this.#dropped.splice(0);
    const { time: endsAt, how } = this.#nextEnd();
    if (endsAt > now) return [...events, ...this.#advanceTo(now, most)];
    const before = this.#advanceTo(endsAt, most);
    if (before.length >= most) return [...events, ...before];
    this.#end = how;
    return [...events, ...before, ...this.#dropAll(endsAt)];
  }

  /** When and how the link ends, if it has not: of a cut and a silence, the one that comes first. */
  #nextEnd(): { time: number; how: LinkEnd } {
    const { cut, silent } = this.#conditions;
    const how = silent > 0 && (cut === 0 || silent < cut) ? 'silent' : 'cut';
    const after = how === 'cut' ? cut : silent;
    return { time: this.#end || after === 0 ? Infinity : this.#openedAt + after, how };
  }

  /** Everything that waits or is on the link is lost. */
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

  /** The next unit to leave: the earliest that may, and of two at once the one that was sent first. */
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

  /** On a shared link the turn is the end's that has waited longest; otherwise one that talks on would keep it for ever. */
  #mayGo(direction: Direction, sentAt: number): boolean {
    const rival = this.#waiting[opposite(direction)].first;
    return this.#conditions.duplex === 'full' || !rival || sentAt <= rival.sentAt;
  }

  /** The next unit to arrive, and of two at once the one that departed first. */
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

  /** How often a unit is lost before it gets through. */
  #losses(chance: number): number {
    let losses = 0;
    while (losses < mostLosses && this.#random() < chance) losses++;
    return losses;
  }
}

/** A unit gets through after this many losses at the latest, so that a time-out of a second has not become a minute. */
const mostLosses = 5;

/** A sender's first time-out, ms: the round trip, and 200 ms that common systems wait at least; RFC 6298 §2 recommends a second. */
const timeOut = (latency: number): number => 2 * latency + 200;

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
