/** What is to happen in a run, in the order of its time. Things of one time happen in the order in which they were put down. */

/** Takes a thing off the agenda; harmless when it has happened. */
export type Cancel = () => void;

/** One thing on the agenda. */
export interface Item {
  /** ms of the run. */
  readonly time: number;
  readonly act: () => void | Promise<void>;
}

interface Entry extends Item {
  /** Its number among all that were put down. */
  readonly order: number;
  isCancelled: boolean;
}

/** A binary heap: the earliest entry is always the first. */
export class Agenda {
  readonly #heap: Entry[] = [];
  #order = 0;

  /** The time of what happens next; undefined if nothing is left. */
  get nextTime(): number | undefined {
    this.#dropCancelled();
    return this.#heap[0]?.time;
  }

  /** Puts something down for a time, ms of the run. */
  at(time: number, act: Item['act']): Cancel {
    const entry: Entry = { time, act, order: this.#order++, isCancelled: false };
    this.#heap.push(entry);
    this.#rise(this.#heap.length - 1);
    return () => void (entry.isCancelled = true);
  }

  /** Removes and returns what happens next. */
  take(): Item | undefined {
    this.#dropCancelled();
    return this.#removeFirst();
  }

  #dropCancelled(): void {
    while (this.#heap[0]?.isCancelled) this.#removeFirst();
  }

  #removeFirst(): Entry | undefined {
    const first = this.#heap[0];
    const last = this.#heap.pop();
    if (last && last !== first) {
      this.#heap[0] = last;
      this.#sink(0);
    }
    return first;
  }

  #rise(place: number): void {
    while (place > 0) {
      const above = (place - 1) >> 1;
      if (!this.#isBefore(place, above)) return;
      this.#swap(place, above);
      place = above;
    }
  }

  #sink(place: number): void {
    for (;;) {
      const [left, right] = [2 * place + 1, 2 * place + 2];
      const least = right < this.#heap.length && this.#isBefore(right, left) ? right : left;
      if (least >= this.#heap.length || !this.#isBefore(least, place)) return;
      this.#swap(place, least);
      place = least;
    }
  }

  #isBefore(one: number, other: number): boolean {
    const [a, b] = [this.#heap[one] as Entry, this.#heap[other] as Entry];
    return a.time - b.time < 0 || (a.time === b.time && a.order < b.order);
  }

  #swap(one: number, other: number): void {
    const kept = this.#heap[one] as Entry;
    this.#heap[one] = this.#heap[other] as Entry;
    this.#heap[other] = kept;
  }
}
