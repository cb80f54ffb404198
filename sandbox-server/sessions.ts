import { randomBytes } from 'node:crypto';
import { idealLink, type LinkConditions } from '../protocol/link.ts';
import type { TraceEvent } from '../protocol/trace.ts';
import type { Cancel, Timers } from './endpoints/endpoint.ts';
import { type Allowance, sessionAllowance } from './limits/allowance.ts';
import { orNone, type Options } from './options.ts';
import { Refusal } from './refusal.ts';
import { listed } from './origin/host-names.ts';
import { Concealer } from './tap/conceal.ts';
import type { EventSink } from './tap/recorder.ts';
import type { TapChannel } from './tap/tap-channel.ts';

/** A live connection of a session, as far as its link goes. */
export interface Linked {
  conditions: LinkConditions;
}

/** The connections of one reader's page and the taps that watch them. */
export class Session implements EventSink {
  readonly id: string;
  conditions: LinkConditions;
  readonly taps = new Set<TapChannel>();
  /** Live connections, each with the conditions that its own query set: those the session does not change. */
  readonly connections = new Map<Linked, Partial<LinkConditions>>();
  /** What it may do and hold beside its connections. */
  readonly allowance: Allowance;
  #labels = 0;
  #exchanges = 0;
  readonly #sockets = new WeakMap<object, number>();
  #socketCount = 0;

  readonly #concealer: Concealer;

  constructor(id: string, conditions: LinkConditions, allowance: Allowance, concealer: Concealer) {
    this.#concealer = concealer;
    this.id = id;
    this.conditions = conditions;
    this.allowance = allowance;
  }

  get wanted(): boolean {
    return this.taps.size > 0;
  }

  add(event: TraceEvent): void {
    const text = JSON.stringify(this.#concealer.event(event, this.id));
    for (const tap of this.taps) tap.add(event.connection, text);
  }

  /** A label for a connection that came without one. */
  nextLabel(): string {
    return `c${++this.#labels}`;
  }

  /** HTTP exchanges that the session has had. */
  get exchanges(): number {
    return this.#exchanges;
  }

  /** The number of a TCP connection among those of the session, from 0. */
  socketNumber(socket: object): number {
    const number = this.#sockets.get(socket) ?? this.#socketCount++;
    this.#sockets.set(socket, number);
    return number;
  }

  /** The number of the session's next HTTP exchange, from 0. */
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

interface Kept {
  session: Session;
  /** Of the client that started it. */
  address: Allowance | undefined;
  /** Takes it off what its address holds. */
  release: (() => void) | undefined;
  holders: number;
  cancel: Cancel | undefined;
}

/** The sessions there are. One that nothing is connected to ends after `idle` ms. */
export class Sessions {
  readonly #kept = new Map<string, Kept>();
  readonly #idle: number;
  readonly #options: Options;
  readonly #timers: Timers;
  readonly #concealer: Concealer;

  constructor(options: Options, timers: Timers) {
    this.#concealer = new Concealer(listed(options.hideFields));
    this.#idle = orNone(options.sessionIdle) * 1000;
    this.#options = options;
    this.#timers = timers;
  }

  get size(): number {
    return this.#kept.size;
  }

  /**
   * Starts a session for a client of that address; throws a Refusal where there are too many. Says when it ends if unused, in
   * ms since the Unix epoch.
   */
  start(conditions: Partial<LinkConditions>, address?: Allowance): { session: Session; expires: number } {
    const now = this.#timers.now();
    address?.count('sessions', now);
    const { maxSessions } = this.#options;
    if (this.#kept.size >= orNone(maxSessions)) {
      const sentence = `There are ${maxSessions} sessions already, the most this server keeps. Try again in a few minutes.`;
      throw new Refusal(503, sentence, {}, 'maxSessions');
    }
    if (address?.isFull('sessions')) this.#endOldestOf(address);
    address?.check('sessions');
    const allowance = sessionAllowance(this.#options, now);
    const session = new Session(
      randomBytes(16).toString('base64url'),
      { ...idealLink, ...conditions },
      allowance,
      this.#concealer,
    );
    const kept: Kept = { session, address, release: address?.hold('sessions'), holders: 0, cancel: undefined };
    this.#kept.set(session.id, kept);
    this.#expire(kept);
    return { session, expires: Math.min(now + this.#idle, Number.MAX_SAFE_INTEGER) };
  }

  get(id: string): Session | undefined {
    return this.#kept.get(id)?.session;
  }

  /** Keeps a session from ending until what it returns is called. */
  hold(session: Session): () => void {
    const kept = this.#kept.get(session.id);
    if (!kept) return () => undefined;
    kept.cancel?.();
    kept.holders++;
    return () => {
      if (--kept.holders === 0 && this.#kept.has(session.id)) this.#expire(kept);
    };
  }

  /** Ends all sessions. */
  close(): void {
    for (const kept of [...this.#kept.values()]) this.#end(kept);
  }

  #expire(kept: Kept): void {
    kept.cancel = this.#timers.after(this.#idle, () => this.#end(kept));
  }

  #end({ session, cancel, release }: Kept): void {
    cancel?.();
    release?.();
    this.#kept.delete(session.id);
  }

  /** A run leaves its session behind: of a class that runs and runs the oldest go, and nobody is refused. */
  #endOldestOf(address: Allowance): void {
    for (const kept of this.#kept.values()) {
      if (kept.address !== address || kept.holders > 0) continue;
      this.#end(kept);
      return;
    }
  }
}
