import { orNone, type OptionName, type Options } from '../options.ts';
import { Refusal } from '../refusal.ts';
import { FairBucket } from './fair-bucket.ts';
import { tooOften, type Violation } from './violation.ts';

/** An action that a rate bounds. */
type Action = 'messages' | 'requests' | 'sessions' | 'refusals';

/** How fast: `burst` at once, `perSecond` in the long run. */
interface Rate {
  perSecond: number;
  burst: number;
  /** The option that sets it. */
  limit: OptionName;
}

/** What one session or one client address may do in a second. `by` tells apart those who share it. Times in ms. */
export class Quota {
  /** The owner: the address, or the session's id. */
  readonly name: string;
  /** When it last did something. */
  usedAt: number;
  readonly #rates: Partial<Record<Action, Rate>>;
  readonly #buckets = new Map<Action, FairBucket>();
  #holds = 0;

  /** Does not bound an action that `rates` does not name. */
  constructor(name: string, rates: Partial<Record<Action, Rate>>, now: number) {
    this.name = name;
    this.usedAt = now;
    this.#rates = rates;
    for (const [action, { perSecond, burst }] of Object.entries(rates) as [Action, Rate][]) {
      this.#buckets.set(action, new FairBucket(perSecond, burst, now));
    }
  }

  /** Holds something until the returned function is called. */
  hold(): () => void {
    this.#holds++;
    let released = false;
    return () => {
      if (!released) this.#holds--;
      released = true;
    };
  }

  /** Counts a message; returns the violation if it is one too many. */
  countMessage(by: object, now: number): Violation | undefined {
    const rate = this.#rates.messages;
    this.usedAt = now;
    if (!rate || this.#buckets.get('messages')?.take(by, now)) return undefined;
    return tooOften(rate.perSecond, rate.burst, rate.limit);
  }

  /** Counts a request or a new session. Throws a Refusal if it is one too many. */
  count(action: 'requests' | 'sessions', by: object, now: number): void {
    const rate = this.#rates[action];
    this.usedAt = now;
    if (!rate || this.#buckets.get(action)?.take(by, now)) return;
    const sentence = `At most ${rate.perSecond} ${action} a second, or ${rate.burst} at once, are accepted here.`;
    throw new Refusal(429, sentence, { 'Retry-After': '1' }, rate.limit);
  }

  /** Counts a refusal; false if it is one too many. */
  countRefusal(by: object, now: number): boolean {
    return this.#buckets.get('refusals')?.take(by, now) ?? true;
  }

  /** True while it holds something. */
  get isHolding(): boolean {
    return this.#holds > 0;
  }

  /** True if it is as good as new: it holds nothing, and whatever it did is long ago. */
  isIdle(now: number): boolean {
    return !this.isHolding && [...this.#buckets.values()].every((bucket) => bucket.isFull(now));
  }
}

/** Returns the quota of one session: a reader's page, whose programs share it. */
export function sessionQuota(options: Options, id: string, now: number): Quota {
  const { messagesPerSecond, messageBurst, requestsPerSecond, requestBurst } = options;
  const rates = {
    messages: rate(messagesPerSecond, messageBurst, 'sessionShare', orNone(options.sessionShare)),
    requests: rate(requestsPerSecond, requestBurst, 'requestsPerSecond'),
  };
  return new Quota(id, rates, now);
}

/** Returns the quota of one client address. It is loose, because a whole class sits behind one address. */
export function addressQuota(options: Options, name: string, now: number): Quota {
  const { messagesPerSecond, messageBurst, requestsPerSecond, requestBurst } = options;
  const { sessionsPerSecond, sessionBurst, refusalsPerSecond, refusalBurst } = options;
  const share = orNone(options.addressShare);
  const rates = {
    messages: rate(messagesPerSecond, messageBurst, 'addressShare', share),
    requests: rate(requestsPerSecond, requestBurst, 'addressShare', share),
    sessions: rate(sessionsPerSecond, sessionBurst, 'sessionsPerSecond'),
    refusals: rate(refusalsPerSecond, refusalBurst, 'refusalsPerSecond'),
  };
  return new Quota(name, rates, now);
}

const rate = (perSecond: number, burst: number, limit: OptionName, times = 1): Rate => ({
  perSecond: orNone(perSecond) * times,
  burst: orNone(burst) * times,
  limit,
});
