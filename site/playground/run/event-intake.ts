/** Spreads work that arrives too fast over several tasks, in order, a little in each. */

/** The longest time spent on items in one task, ms: less than an animation frame, so that the page stays responsive. */
const longest = 5;
/**
 * The most items that may wait. Any more are taken at once, however long that takes, so that the sender notices that the page is
 * slower.
 */
const mostWaiting = 16;

/** What an intake needs from its surroundings. */
interface IntakeSeams {
  /** ms */
  now(): number;
  /** Calls back in a task of its own. */
  later(callback: () => void): void;
}

// Not a timer: browsers make timers that start one another wait 4 ms each.
const tasks = typeof MessageChannel === 'undefined' ? undefined : new MessageChannel();
const waiting: (() => void)[] = [];
tasks?.port1.addEventListener('message', () => waiting.shift()?.());
const inTask = (callback: () => void): void => {
  waiting.push(callback);
  tasks?.port1.start();
  tasks?.port2.postMessage(undefined);
};

const ofThePage: IntakeSeams = { now: () => performance.now(), later: inTask };

export class EventIntake<Item> {
  readonly #take: (item: Item) => void;
  readonly #seams: IntakeSeams;
  #items: Item[] = [];
  #isWaiting = false;

  /** `take` is called with each item. */
  constructor(take: (item: Item) => void, seams = ofThePage) {
    this.#take = take;
    this.#seams = seams;
  }

  /** Takes the item now if it is the first in this task, otherwise in a later task. */
  add(item: Item): void {
    this.#items.push(item);
    if (!this.#isWaiting) this.#go();
    else while (this.#items.length > mostWaiting) this.#takeFirst();
  }

  /** Takes everything that waits, now, because nothing more will come. */
  flush(): void {
    while (this.#items.length > 0) this.#takeFirst();
  }

  #go(): void {
    // Items that arrive in this task wait for the next, as do items behind one that throws.
    this.#isWaiting = true;
    this.#seams.later(() => {
      this.#isWaiting = false;
      if (this.#items.length > 0) this.#go();
    });
    const began = this.#seams.now();
    do this.#takeFirst();
    while (this.#items.length > 0 && this.#seams.now() - began < longest);
  }

  #takeFirst(): void {
    this.#take(this.#items.shift() as Item);
  }
}
