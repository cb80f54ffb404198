/** Works through a list of keys a few at a time, ahead of the tests that ask for the results in order. */
export class Ahead<Key, Result> {
  readonly #keys: readonly Key[];
  readonly #work: (key: Key) => Promise<Result>;
  readonly #atOnce: number;
  readonly #begun = new Map<Key, Promise<Result>>();

  constructor(keys: readonly Key[], atOnce: number, work: (key: Key) => Promise<Result>) {
    this.#keys = keys;
    this.#atOnce = atOnce;
    this.#work = work;
  }

  /** Returns the result for a key, and begins the work for the next few keys too. */
  async of(key: Key): Promise<Result> {
    const at = this.#keys.indexOf(key);
    for (const next of this.#keys.slice(at, at + this.#atOnce)) {
      if (this.#begun.has(next)) continue;
      const result = this.#work(next);
      // The error is thrown where the result is asked for.
      result.catch(() => undefined);
      this.#begun.set(next, result);
    }
    return await (this.#begun.get(key) as Promise<Result>);
  }

  /** Waits until all work that was begun has ended. */
  async ended(): Promise<void> {
    await Promise.allSettled(this.#begun.values());
  }
}
