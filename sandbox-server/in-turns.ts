/** Starts so many things at a time, in their order, each when one before it is done. */
export class InTurns {
  readonly #most: number;
  readonly #waiting: ((done: () => void) => void)[] = [];
  #started = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** `start` is called now or later, and has to call `done`, however it comes out. */
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
