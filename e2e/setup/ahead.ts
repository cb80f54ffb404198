/** Does a piece of work for each of a list, a few pieces at a time, while tests ask for the results one after the other. */
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

  /** The result for a key. The work for those after it is begun with it. */
  async of(key: Key): Promise<Result> {
    const at = this.#keys.indexOf(key);
    for (const next of this.#keys.slice(at, at + this.#atOnce)) {
      if (this.#begun.has(next)) continue;
      const result = this.#work(next);
      // It is thrown where it is asked for.
      result.catch(() => undefined);
      this.#begun.set(next, result);
    }
    return await (this.#begun.get(key) as Promise<Result>);
  }

  /** Waits until all that was begun has ended. */
  async ended(): Promise<void> {
    await Promise.allSettled(this.#begun.values());
  }
}
