/**
 * How fast a program may use the network. In Firefox whatever a Worker sends passes through the page's own thread: a loop that sends
 * without end would freeze the page, and Stop with it.
 */

/** Uses of the network: so many at once, so many in each ms from then on, and for so many bytes one more. */
export const paceLimits = { atOnce: 2000, perMs: 2, bytes: 16_384 };

/** What the pace needs from its surroundings. */
export interface PaceSeams {
  /** Milliseconds. */
  now(): number;
  /** Called once, when the program is held back for the first time. */
  onHeldBack(): void;
}

/** The pace of one program. */
export class Pace {
  readonly #seams: PaceSeams;
  #left = paceLimits.atOnce;
  #filledAt: number;
  #isTold = false;

  constructor(seams: PaceSeams) {
    this.#seams = seams;
    this.#filledAt = seams.now();
  }

  /** The program has used the network, and given it so many bytes: it goes on once that was not too much. Nothing else would hold it up. */
  keep(bytes = 0): void {
    this.#left -= 1 + bytes / paceLimits.bytes;
    this.#fill();
    if (this.#left >= 0) return;
    if (!this.#isTold) this.#seams.onHeldBack();
    this.#isTold = true;
    while (this.#left < 0) this.#fill();
  }

  #fill(): void {
    const now = this.#seams.now();
    this.#left = Math.min(paceLimits.atOnce, this.#left + (now - this.#filledAt) * paceLimits.perMs);
    this.#filledAt = now;
  }
}
