import { TokenBucket } from './token-bucket.ts';

/**
 * A rate with bursts that several share. While there are tokens, each takes what they like. When none is left, those who took
 * less than an equal share of late may owe up to a quarter of a burst, so that one flood does not keep the others out. The
 * debt is paid back before anybody else gets more.
 */
export class FairBucket {
  readonly #bucket: TokenBucket;
  /** How much may be owed. */
  readonly #credit: number;
  /** How long the bucket takes to fill, in ms. In that time we forget half of what was taken. */
  readonly #fillTime: number;
  readonly #taken = new Map<object, number>();
  #takenByAll = 0;
  #fadedAt: number;

  /** `now` in milliseconds. An infinite rate or burst never refuses. */
  constructor(perSecond: number, burst: number, now: number) {
    this.#bucket = new TokenBucket(perSecond, burst, now);
    this.#credit = burst / 4;
    this.#fillTime = (burst / perSecond) * 1000;
    this.#fadedAt = now;
  }

  /** True if nothing has been taken of late. */
  isFull(now: number): boolean {
    return this.#bucket.isFull(now);
  }

  /** Takes a token for one of those who share; false if none is left for them. */
  take(by: object, now: number): boolean {
    if (this.#bucket.isUnlimited) return true;
    if (now - this.#fadedAt > this.#fillTime) this.#fade(now);
    const taken = this.#taken.get(by) ?? 0;
    // Keep one place for somebody who has taken nothing yet.
    const isModest = taken + 1 < this.#takenByAll / (this.#taken.size + 1);
    if (!this.#bucket.take(now, isModest ? this.#credit : 0)) return false;
    this.#taken.set(by, taken + 1);
    this.#takenByAll++;
    return true;
  }

  #fade(now: number): void {
    const part = 0.5 ** ((now - this.#fadedAt) / this.#fillTime);
    this.#fadedAt = now;
    this.#takenByAll = 0;
    for (const [by, amount] of this.#taken) {
      const left = amount * part;
      if (left < 0.5) this.#taken.delete(by);
      else this.#taken.set(by, left);
      if (left >= 0.5) this.#takenByAll += left;
    }
  }
}
