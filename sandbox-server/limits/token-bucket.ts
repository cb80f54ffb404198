/** A rate with bursts: `burst` tokens at most, refilled at `perSecond`; each thing counted takes one. */
export class TokenBucket {
  readonly #perSecond: number;
  readonly #burst: number;
  #tokens: number;
  #filledAt: number;

  /** `now` in milliseconds. An infinite rate or burst never refuses. */
  constructor(perSecond: number, burst: number, now: number) {
    this.#perSecond = perSecond;
    this.#burst = burst;
    this.#tokens = burst;
    this.#filledAt = now;
  }

  /** True if nothing has been taken of late. */
  isFull(now: number): boolean {
    return this.#burst === Infinity || this.#at(now) >= this.#burst;
  }

  /** True if more than half of a burst has been taken of late. */
  isHalfEmpty(now: number): boolean {
    return this.#burst !== Infinity && this.#at(now) < this.#burst / 2;
  }

  /** True if it never refuses. */
  get isUnlimited(): boolean {
    return this.#perSecond === Infinity || this.#burst === Infinity;
  }

  /** Takes a token; false if none is left. Up to `credit` tokens may be owed, to be paid back from the next ones. */
  take(now: number, credit = 0): boolean {
    if (this.isUnlimited) return true;
    this.#tokens = this.#at(now);
    this.#filledAt = now;
    if (this.#tokens < 1 - credit) return false;
    this.#tokens -= 1;
    return true;
  }

  #at(now: number): number {
    return Math.min(this.#burst, this.#tokens + ((now - this.#filledAt) / 1000) * this.#perSecond);
  }
}
