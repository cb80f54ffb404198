/** Decides when to paint next: with the next animation frame or, for readers who want no motion, at the next step. */

/** The time between two steps, ms. */
const stepEvery = 400;

export class PaintSchedule {
  readonly #paint: () => void;
  #isOver = false;
  #cancelPending: (() => void) | undefined;

  constructor(paint: () => void) {
    this.#paint = paint;
  }

  /** True once the picture is gone: nothing is painted then. */
  get isOver(): boolean {
    return this.#isOver;
  }

  begin(): void {
    this.#isOver = false;
  }

  end(): void {
    this.#cancel();
    this.#isOver = true;
  }

  now(): void {
    this.#cancel();
    this.#run();
  }

  /** Paints with the next animation frame, or whenever it is already going to. */
  soon(): void {
    // There is nothing to paint without a screen.
    if (this.#isOver || this.#cancelPending || typeof requestAnimationFrame === 'undefined') return;
    const id = requestAnimationFrame(() => this.#run());
    this.#cancelPending = () => cancelAnimationFrame(id);
  }

  /** Paints with the next animation frame, without waiting out a step's time. */
  withNextFrame(): void {
    this.#cancel();
    this.soon();
  }

  /** Paints after a step's time; takes the step first. */
  afterStep(step: () => void): void {
    const id = setTimeout(() => {
      step();
      this.#run();
    }, stepEvery);
    this.#cancelPending = () => clearTimeout(id);
  }

  #run(): void {
    this.#cancelPending = undefined;
    if (!this.#isOver) this.#paint();
  }

  #cancel(): void {
    this.#cancelPending?.();
    this.#cancelPending = undefined;
  }
}
