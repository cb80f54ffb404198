/**
 * Compares the Worker's clock with the page's. They agree unless the machine slept or a clock was set between the start of the
 * two. Then the Worker's times are shifted by the least that puts cause before effect.
 */
export class ClockAlignment {
  #least = -Infinity;
  #most = Infinity;

  /** Takes an exchange of the page with the Worker, each time in ms of its own clock. */
  exchanged(sentAt: number, workerTime: number, receivedAt: number): void {
    this.#least = Math.max(this.#least, sentAt - workerTime);
    this.#most = Math.min(this.#most, receivedAt - workerTime);
  }

  /** What to add to the Worker's times, ms: 0 unless the clocks disagree by more than the exchanges explain. */
  get shift(): number {
    return this.#least > 0 ? this.#least : Math.min(this.#most, 0);
  }
}
