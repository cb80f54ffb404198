import { TokenBucket } from './token-bucket.ts';

/** More keys than this are not remembered; the one unused for longest begins anew. */
const mostKeys = 10_000;

/** Counts HTTP requests of each session, or of each client address, which a whole class may share: that may send more. */
export class RequestLimit {
  readonly #perSecond: number;
  readonly #burst: number;
  /** The least recently used first. */
  readonly #buckets = new Map<string, TokenBucket>();

  constructor(perSecond: number, burst: number) {
    this.#perSecond = perSecond;
    this.#burst = burst;
  }

  /** Counts a request at `now`, ms; `share` times as many are taken. False where it is one too many. */
  count(key: string, share: number, now: number): boolean {
    const bucket = this.#buckets.get(key) ?? new TokenBucket(this.#perSecond * share, this.#burst * share, now);
    this.#buckets.delete(key);
    this.#buckets.set(key, bucket);
    const [oldest] = this.#buckets.keys();
    if (this.#buckets.size > mostKeys && oldest !== undefined) this.#buckets.delete(oldest);
    return bucket.take(now);
  }
}
