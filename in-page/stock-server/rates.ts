import { limits, tooOften, type Violation } from './limits.ts';

/** A rate with bursts: `burst` at most at once, refilled at `perSecond`. */
class Bucket {
  readonly perSecond: number;
  readonly burst: number;
  #tokens: number;
  #filledAt: number;

  constructor(perSecond: number, burst: number, now: number) {
    this.perSecond = perSecond;
    this.burst = burst;
    this.#tokens = burst;
    this.#filledAt = now;
  }

  take(now: number): boolean {
    this.#tokens = Math.min(this.burst, this.#tokens + ((now - this.#filledAt) / 1000) * this.perSecond);
    this.#filledAt = now;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}

/** Counts the messages of one connection, and with them those of the whole run. Times are ms. */
export interface MessageRate {
  /** Counts one; returns the violation if it is one too many. */
  count: (now: number) => Violation | undefined;
}

/** How much a run may send. */
export class Rates {
  readonly #messages: Bucket;
  readonly #requests: Bucket;

  constructor(now: number) {
    const { messagesPerSecond, messageBurst, sessionShare, requestsPerSecond, requestBurst } = limits;
    this.#messages = new Bucket(messagesPerSecond * sessionShare, messageBurst * sessionShare, now);
    this.#requests = new Bucket(requestsPerSecond, requestBurst, now);
  }

  /** Returns what counts the messages of a connection that opens `now`. */
  ofConnection(now: number): MessageRate {
    const buckets = [new Bucket(limits.messagesPerSecond, limits.messageBurst, now), this.#messages];
    return {
      count: (time) => {
        const full = buckets.find((bucket) => !bucket.take(time));
        return full && tooOften(full.perSecond, full.burst);
      },
    };
  }

  /** Counts an HTTP request; false if it is one too many. */
  countRequest(now: number): boolean {
    return this.#requests.take(now);
  }
}
