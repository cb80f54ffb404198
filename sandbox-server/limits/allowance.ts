import { orNone, type OptionName, type Options } from '../options.ts';
import { Refusal } from '../refusal.ts';
import { TokenBucket } from './token-bucket.ts';
import { tooOften, type Violation } from './violation.ts';

/** What is held for a while. */
export type Thing = 'connections' | 'sessions' | 'eventStreams' | 'longPolls' | 'heldRefusals';

/** What is done so many times a second. */
type Deed = 'messages' | 'requests' | 'sessions' | 'refusals';

/** How fast: `burst` at once, `perSecond` in the long run. */
interface Rate {
  perSecond: number;
  burst: number;
  /** The option that says so. */
  limit: OptionName;
}

/** Whose allowance it is, and how much. What is not named is not bounded. */
interface Terms {
  /** How the sentence for the reader begins. */
  owner: string;
  most: Partial<Record<Thing, OptionName>>;
  rates: Partial<Record<Deed, Rate>>;
}

const words: Record<Thing, string> = {
  connections: 'connections',
  sessions: 'sessions',
  eventStreams: 'event streams',
  longPolls: 'long polls',
  heldRefusals: 'refusals that wait',
};

/** What one session, or one client address, may hold at a time and do in a second. Times in ms. */
export class Allowance {
  readonly #terms: Terms;
  readonly #options: Options;
  readonly #held: Record<Thing, number> = { connections: 0, sessions: 0, eventStreams: 0, longPolls: 0, heldRefusals: 0 };
  readonly #buckets = new Map<Deed, TokenBucket>();

  constructor(terms: Terms, options: Options, now: number) {
    this.#terms = terms;
    this.#options = options;
    for (const [deed, { perSecond, burst }] of Object.entries(terms.rates) as [Deed, Rate][]) {
      this.#buckets.set(deed, new TokenBucket(perSecond, burst, now));
    }
  }

  /** True where one more would be too many. */
  isFull(thing: Thing): boolean {
    const limit = this.#terms.most[thing];
    return limit !== undefined && this.#held[thing] >= orNone(this.#options[limit] as number);
  }

  /** Throws a Refusal where one more would be too many. */
  check(thing: Thing): void {
    const limit = this.#terms.most[thing];
    if (limit === undefined || !this.isFull(thing)) return;
    const sentence = `${this.#terms.owner} has ${this.#options[limit]} ${words[thing]} already, the most it may have.`;
    throw new Refusal(503, sentence, { 'Retry-After': '5' }, limit);
  }

  /** Holds one until what it returns is called. */
  hold(thing: Thing): () => void {
    this.#held[thing]++;
    let released = false;
    return () => {
      if (!released) this.#held[thing]--;
      released = true;
    };
  }

  /** Counts a message; the violation where it is one too many. */
  countMessage(now: number): Violation | undefined {
    const rate = this.#terms.rates.messages;
    if (!rate || this.#buckets.get('messages')?.take(now)) return undefined;
    return tooOften(rate.perSecond, rate.burst, rate.limit);
  }

  /** Counts a request, or the making of a session. Throws a Refusal where it is one too many. */
  count(deed: 'requests' | 'sessions', now: number): void {
    const rate = this.#terms.rates[deed];
    if (!rate || this.#buckets.get(deed)?.take(now)) return;
    const sentence = `More than ${rate.perSecond} ${deed} a second, ${rate.burst} at once, are not taken here.`;
    throw new Refusal(429, sentence, { 'Retry-After': '1' }, rate.limit);
  }

  /** Counts a refusal; false where it is one too many. */
  countRefusal(now: number): boolean {
    return this.#buckets.get('refusals')?.take(now) ?? true;
  }

  /** True while something is held. */
  get isHolding(): boolean {
    return Object.values(this.#held).some((count) => count > 0);
  }

  /** True where it is as if it were new: nothing is held, and what was done is long ago. */
  isIdle(now: number): boolean {
    return !this.isHolding && [...this.#buckets.values()].every((bucket) => bucket.isFull(now));
  }
}

/** What one session may: a reader's page, whose programs share it. */
export function sessionAllowance(options: Options, now: number): Allowance {
  const { messagesPerSecond, messageBurst, requestsPerSecond, requestBurst } = options;
  const terms: Terms = {
    owner: 'This session',
    most: { eventStreams: 'maxSessionEventStreams', longPolls: 'maxSessionLongPolls' },
    rates: {
      messages: rate(messagesPerSecond, messageBurst, 'sessionShare', orNone(options.sessionShare)),
      requests: rate(requestsPerSecond, requestBurst, 'requestsPerSecond'),
    },
  };
  return new Allowance(terms, options, now);
}

/** What one client address may, loosely: a class sits behind one. */
export function addressAllowance(options: Options, now: number): Allowance {
  const { messagesPerSecond, messageBurst, requestsPerSecond, requestBurst } = options;
  const { sessionsPerSecond, sessionBurst, refusalsPerSecond, refusalBurst } = options;
  const share = orNone(options.addressShare);
  const terms: Terms = {
    owner: 'Your address',
    most: {
      connections: 'maxAddressConnections',
      sessions: 'maxAddressSessions',
      eventStreams: 'maxAddressEventStreams',
      longPolls: 'maxAddressLongPolls',
      heldRefusals: 'maxHeldRefusals',
    },
    rates: {
      messages: rate(messagesPerSecond, messageBurst, 'addressShare', share),
      requests: rate(requestsPerSecond, requestBurst, 'addressShare', share),
      sessions: rate(sessionsPerSecond, sessionBurst, 'sessionsPerSecond'),
      refusals: rate(refusalsPerSecond, refusalBurst, 'refusalsPerSecond'),
    },
  };
  return new Allowance(terms, options, now);
}

const rate = (perSecond: number, burst: number, limit: OptionName, times = 1): Rate => ({
  perSecond: orNone(perSecond) * times,
  burst: orNone(burst) * times,
  limit,
});
