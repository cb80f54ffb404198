/** Remembers which requests a server has allowed pages of other origins (Fetch §4.9), so that not each of them is asked for. */
import type { ProgramClock } from '../../program/program-clock.ts';

/** How long an answer without `Access-Control-Max-Age` counts, and the longest that Chromium lets any count; seconds. */
const seconds = { byDefault: 5, most: 7200 };

export class PreflightCache {
  readonly #clock: Pick<ProgramClock, 'present'>;
  readonly #until = new Map<string, number>();

  constructor(clock: Pick<ProgramClock, 'present'>) {
    this.#clock = clock;
  }

  has(key: string): boolean {
    return (this.#until.get(key) ?? -Infinity) > this.#clock.present;
  }

  /** `maxAge` is the value of the answer's field, in seconds. */
  add(key: string, maxAge: string | undefined): void {
    const given = maxAge === undefined || !/^\d+$/.test(maxAge) ? seconds.byDefault : Number(maxAge);
    this.#until.set(key, this.#clock.present + 1000 * Math.min(given, seconds.most));
  }
}
