/** Tracks whether a program still does something: runs its module, has a connection open, awaits an answer or a timer. */
export class Activity {
  readonly #onIdle: () => void;
  #held = 0;

  /** `onIdle` is called each time the last hold is released. */
  constructor(onIdle: () => void) {
    this.#onIdle = onIdle;
  }

  get isIdle(): boolean {
    return this.#held === 0;
  }

  /** Marks something as going on until the returned function is called. Calling that again does nothing. */
  hold(): () => void {
    let isHeld = true;
    this.#held++;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      if (--this.#held === 0) this.#onIdle();
    };
  }
}
