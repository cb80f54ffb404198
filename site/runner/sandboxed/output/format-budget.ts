/** Limits the time that goes into lines for which there is no room. They may be the last of a flood, and most are not. */

/** ms: `atOnce`, then this share of the time that passes. */
export const budgetLimits = { atOnce: 500, share: 0.1 };

export class FormatBudget {
  readonly #now: () => number;
  #left = budgetLimits.atOnce;
  #filledAt: number;

  /** `now` is in ms. */
  constructor(now: () => number) {
    this.#now = now;
    this.#filledAt = now();
  }

  /** Returns what `make` returns; undefined, without calling it, while the budget is spent. */
  spendOn<Made>(make: () => Made): Made | undefined {
    const start = this.#now();
    this.#left = Math.min(budgetLimits.atOnce, this.#left + (start - this.#filledAt) * budgetLimits.share);
    this.#filledAt = start;
    if (this.#left <= 0) return undefined;
    const made = make();
    this.#left -= this.#now() - start;
    return made;
  }
}
