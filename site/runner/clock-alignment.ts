/**
 * The Worker's clock against the page's. They agree, but for a machine that slept or a clock that was set between the start of
 * the one and the other; then the Worker's times are shifted by the least that makes cause come before effect.
 */
export class ClockAlignment {
  #least = -Infinity;
  #most = Infinity;

  /** An exchange of the page with the Worker, in each one's own ms. */
  exchanged(sentAt: number, workerTime: number, receivedAt: number): void {
    this.#least = Math.max(this.#least, sentAt - workerTime);
    this.#most = Math.min(this.#most, receivedAt - workerTime);
  }

  /** What to add to the Worker's times, ms: 0 unless the clocks disagree by more than the exchanges took. */
  get shift(): number {
    return this.#least > 0 ? this.#least : Math.min(this.#most, 0);
  }
}
