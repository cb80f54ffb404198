/** Runs at most so many things at a time, in their order: each starts when an earlier one is done. */
export class InTurns {
  readonly #most: number;
  readonly #waiting: ((done: () => void) => void)[] = [];
  #started = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** Calls `start` now or later; `start` has to call `done`, whatever the outcome. */
  add(start: (done: () => void) => void): void {
    this.#waiting.push(start);
    this.#next();
  }

  #next(): void {
    while (this.#started < this.#most) {
      const start = this.#waiting.shift();
      if (!start) return;
      this.#started++;
      let isDone = false;
      start(() => {
        if (isDone) return;
        isDone = true;
        this.#started--;
        this.#next();
      });
    }
  }
}
