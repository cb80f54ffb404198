/**
 * Knows when a program is quiet: it has done all it does for now, and goes on only when something happens to it. Microtasks
 * are over after a macrotask; real work, such as a promise of `crypto.subtle`, is counted.
 */
export class Activity {
  readonly #macrotask: () => Promise<void>;
  #outstanding = 0;
  #waiting: (() => void)[] = [];

  /** `macrotask` resolves in a later task of the event loop. */
  constructor(macrotask: () => Promise<void>) {
    this.#macrotask = macrotask;
  }

  /** Counts a promise of the platform's as real work until it settles. Returns it. */
  hold<Value>(work: Promise<Value>): Promise<Value> {
    this.#outstanding++;
    const release = (): void => {
      this.#outstanding--;
      for (const look of this.#waiting.splice(0)) look();
    };
    work.then(release, release);
    return work;
  }

  /** Resolves when the program is quiet. */
  async quiet(): Promise<void> {
    for (;;) {
      await this.#macrotask();
      if (this.#outstanding === 0) return;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }
}
