import type { Timers } from '../endpoints/endpoint.ts';
import type { FaultBoundary } from '../fault-boundary.ts';

/** How long requests are served in one turn of the event loop, in ms. */
const longest = 1;

/**
 * Serves requests for a moment of each turn of the event loop, and those beyond it in the next turns, in their order: so that
 * some hundred that come at once do not keep all connections waiting until the last of them is served.
 */
export class FairTurns {
  readonly #timers: Timers;
  readonly #faults: FaultBoundary;
  #waiting: (() => void)[] = [];
  /** When the first of this turn was served; undefined while none was. */
  #began: number | undefined;

  constructor(timers: Timers, faults: FaultBoundary) {
    this.#timers = timers;
    this.#faults = faults;
  }

  /** Serves now, or in a later turn. */
  run(serve: () => void): void {
    if (this.#waiting.length > 0 || !this.#hasTime()) this.#waiting.push(serve);
    else this.#faults.run(serve);
  }

  #hasTime(): boolean {
    const now = this.#timers.now();
    if (this.#began === undefined) {
      this.#began = now;
      this.#timers.after(0, () => this.#next());
    }
    return now - this.#began < longest;
  }

  #next(): void {
    this.#began = undefined;
    const waiting = this.#waiting;
    let served = 0;
    while (served < waiting.length && this.#hasTime()) this.#faults.run(waiting[served++] as () => void);
    // What came meanwhile stands behind them.
    waiting.splice(0, served);
  }
}
