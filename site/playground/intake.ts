/** What comes in faster than the page should take it at once: taken in its order, a little of it in each task. */

/** How long is taken from it in one task, ms: less than an animation frame, so that the page goes on meanwhile. */
const longest = 5;

/** What an intake needs of its surroundings. */
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

export class Intake<Item> {
  readonly #take: (item: Item) => void;
  readonly #seams: IntakeSeams;
  #items: Item[] = [];
  #isWaiting = false;

  /** `take` is called with each item. */
  constructor(take: (item: Item) => void, seams = ofThePage) {
    this.#take = take;
    this.#seams = seams;
  }

  /** Takes it at once where nothing waits and this task has time, else soon. */
  add(item: Item): void {
    this.#items.push(item);
    if (!this.#isWaiting) this.#go();
  }

  /** Takes all that waits now: nothing more will come. */
  flush(): void {
    for (const item of this.#items.splice(0)) this.#take(item);
  }

  #go(): void {
    const began = this.#seams.now();
    let taken = 0;
    while (taken < this.#items.length && (taken === 0 || this.#seams.now() - began < longest)) {
      this.#take(this.#items[taken++] as Item);
    }
    this.#items.splice(0, taken);
    // What comes in the same task waits for the next one.
    this.#isWaiting = true;
    this.#seams.later(() => {
      this.#isWaiting = false;
      if (this.#items.length > 0) this.#go();
    });
  }
}
