/** Whether a program still does something: runs its module, has a connection open, waits for an answer or for a timer. */
export class Activity {
  readonly #onIdle: () => void;
  #held = 0;

  /** `onIdle` is called each time that nothing is held any more. */
  constructor(onIdle: () => void) {
    this.#onIdle = onIdle;
  }

  get isIdle(): boolean {
    return this.#held === 0;
  }

  /** Something goes on until what it returns is called; more calls do nothing. */
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
