/** What comes in faster than the page should take it at once: taken in its order, a little of it in each task. */

/** How long is taken from it in one task, ms: less than an animation frame, so that the page goes on meanwhile. */
const longest = 5;
/** So many may wait. More are taken at once, however long that takes: whoever sends has to notice that the page is slower. */
const mostWaiting = 16;

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

  /** Takes it at once where it is the first in a task, else in one of the next. */
  add(item: Item): void {
    this.#items.push(item);
    if (!this.#isWaiting) this.#go();
    else while (this.#items.length > mostWaiting) this.#takeFirst();
  }

  /** Takes all that waits now: nothing more will come. */
  flush(): void {
    while (this.#items.length > 0) this.#takeFirst();
  }

  #go(): void {
    // What comes in the same task waits for the next one; and so does what is behind one that fails.
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
