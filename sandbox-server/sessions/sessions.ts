import { randomBytes } from 'node:crypto';
import { isControl } from '../../protocol/wire/frame.ts';
import { idealLink, type LinkConditions } from '../../protocol/wire/link-conditions.ts';
import type { TraceEvent } from '../../protocol/trace/trace.ts';
import type { Cancel, Timers } from '../endpoints/endpoint.ts';
import type { NoPlace, Place, Shares } from '../endpoints/shares.ts';
import { type Quota, sessionQuota } from '../limits/quota.ts';
import { orNone, type Options } from '../options.ts';
import { listed } from '../origin/host-names.ts';
import { noPlaceLeft } from '../refusal.ts';
import { Concealer } from '../tap/conceal.ts';
import type { EventSink } from '../../protocol/trace/recorder.ts';
import type { TapChannel } from '../tap/tap-channel.ts';

/** The link of a session's live connection. */
export interface Linked {
  conditions: LinkConditions;
}

/** The connections of one reader's page and the taps that watch them. */
export class Session implements EventSink {
  readonly id: string;
  conditions: LinkConditions;
  readonly taps = new Set<TapChannel>();
  /** Live connections, each with the conditions that its own query set, which the session does not change. */
  readonly connections = new Map<Linked, Partial<LinkConditions>>();
  /** The quota for what it may do and hold besides its connections. */
  readonly quota: Quota;
  #labels = 0;
  #exchanges = 0;
  readonly #sockets = new WeakMap<object, number>();
  #socketCount = 0;
  #toldAt = 0;

  readonly #concealer: Concealer;

  constructor(id: string, conditions: LinkConditions, allowance: Quota, concealer: Concealer) {
    this.#concealer = concealer;
    this.id = id;
    this.conditions = conditions;
    this.quota = allowance;
  }

  get wanted(): boolean {
    return this.taps.size > 0;
  }

  /** When one of its programs last sent or was sent something, in ms; the latter is known only while there is a tap. */
  get usedAt(): number {
    return Math.max(this.quota.usedAt, this.#toldAt);
  }

  add(event: TraceEvent): void {
    if (isOfUse(event)) this.#toldAt = event.time;
    const text = JSON.stringify(this.#concealer.event(event, this.id));
    for (const tap of this.taps) tap.add(event.connection, text);
  }

  /** Returns a label for a connection that came without one. */
  nextLabel(): string {
    return `c${++this.#labels}`;
  }

  /** HTTP exchanges that the session has had. */
  get exchanges(): number {
    return this.#exchanges;
  }

  /** Returns the number of a TCP connection among the session's, from 0. */
  socketNumber(socket: object): number {
    const number = this.#sockets.get(socket) ?? this.#socketCount++;
    this.#sockets.set(socket, number);
    return number;
  }

  /** Returns the number of the session's next HTTP exchange, from 0. */
  nextExchange(): number {
    return this.#exchanges++;
  }

  /** Changes the link of the session and of its live connections from now on. */
  changeConditions(changes: Partial<LinkConditions>): void {
    this.conditions = { ...this.conditions, ...changes };
    for (const [linked, own] of this.connections) linked.conditions = { ...this.conditions, ...own };
    for (const tap of this.taps) tap.send({ type: 'conditions', conditions: this.conditions });
  }
}

/** Leaves out pings: they go on while nobody does anything. */
const isOfUse = (event: TraceEvent): boolean =>
  event.name === 'response_sent' || (event.name === 'frame_sent' && !isControl(event.opcode));

interface HeldSession {
  session: Session;
  place: Place;
  /** Callbacks of the holders that keep it from ending when idle; each ends its holder when the session gives way to others. */
  holders: Set<(why: NoPlace) => void>;
  cancel: Cancel | undefined;
  /** When a holder last came or went. */
  heldAt: number;
}

/** After this many ms in which nobody says anything, a session gives way like one that nothing is connected to. */
const outOfUse = 60_000;

/** All sessions. One that nothing is connected to ends after `idle` ms. */
export class Sessions {
  readonly #kept = new Map<string, HeldSession>();
  readonly #idle: number;
  readonly #options: Options;
  readonly #timers: Timers;
  readonly #places: Shares;
  readonly #concealer: Concealer;

  constructor(options: Options, timers: Timers, places: Shares) {
    this.#concealer = new Concealer(listed(options.hideFields));
    this.#idle = orNone(options.sessionIdle) * 1000;
    this.#options = options;
    this.#timers = timers;
    this.#places = places;
  }

  get size(): number {
    return this.#kept.size;
  }

  /**
   * Starts a session for a client of that address, if need be in the place of one from a client with more. Throws a Refusal when
   * there are too many. `expires` says when it ends if unused, in ms since the Unix epoch. `by` is who asks behind the address.
   */
  start(conditions: Partial<LinkConditions>, address?: Quota, by: object = this): { session: Session; expires: number } {
    const now = this.#timers.now();
    address?.count('sessions', by, now);
    const id = randomBytes(16).toString('base64url');
    const allowance = sessionQuota(this.#options, id, now);
    const session = new Session(id, { ...idealLink, ...conditions }, allowance, this.#concealer);
    const place = this.#places.take(
      { address: address?.name ?? '', session: undefined },
      {
        isIdle: () => kept.holders.size === 0 || this.#timers.now() - this.#usedAt(kept) >= outOfUse,
        usedAt: () => this.#usedAt(kept),
        giveWay: (why) => this.#giveWay(kept, why),
      },
    );
    if ('reason' in place) throw noPlaceLeft(place);
    const kept: HeldSession = { session, place, holders: new Set(), cancel: undefined, heldAt: now };
    this.#kept.set(session.id, kept);
    this.#expire(kept);
    return { session, expires: Math.min(now + this.#idle, Number.MAX_SAFE_INTEGER) };
  }

  get(id: string): Session | undefined {
    return this.#kept.get(id)?.session;
  }

  /** Keeps a session from ending until the returned function is called. Calls `giveWay` if it ends because others want in. */
  hold(session: Session, giveWay: (why: NoPlace) => void): () => void {
    const kept = this.#kept.get(session.id);
    if (!kept) return () => undefined;
    kept.cancel?.();
    kept.holders.add(giveWay);
    kept.heldAt = this.#timers.now();
    return () => {
      kept.heldAt = this.#timers.now();
      if (kept.holders.delete(giveWay) && kept.holders.size === 0 && this.#kept.has(session.id)) this.#expire(kept);
    };
  }

  /** Ends all sessions. */
  close(): void {
    for (const kept of [...this.#kept.values()]) this.#end(kept);
  }

  #usedAt({ session, heldAt }: HeldSession): number {
    return Math.max(heldAt, session.usedAt);
  }

  #expire(kept: HeldSession): void {
    kept.cancel = this.#timers.after(this.#idle, () => this.#end(kept));
  }

  #end({ session, cancel, place }: HeldSession): void {
    cancel?.();
    place.release();
    this.#kept.delete(session.id);
  }

  /** Every run leaves its session behind: in a class that keeps running, the oldest give way and nobody is refused. */
  #giveWay(kept: HeldSession, why: NoPlace): void {
    this.#end(kept);
    for (const giveWay of [...kept.holders]) giveWay(why);
  }
}
