/** Says when the moments of a run come: as fast as can be, or as a clock handed in lets them. */
export interface RunClock {
  /** Resolves, or returns, when the run may go on to `time`, ms of the run; or earlier, when it has been hurried. */
  until(time: number): Promise<void> | void;
  /** Returns how far the run may have got by now, ms; Infinity where it may go on at once. */
  present(): number;
}

/** A clock under which a run takes no longer than its programs compute. */
export const asFastAsCanBe: RunClock = { until: () => undefined, present: () => Infinity };

/** What a paced clock needs from its surroundings. Times are ms. */
export interface PacedClockParts {
  now(): number;
  /** Calls back after so many ms; returns a function that prevents it. */
  after(ms: number, callback: () => void): () => void;
}

/**
 * A clock whose run takes `1 / speed` times as long as it would: 1 is real time, 0.1 ten times slower, Infinity as fast as can
 * be. It starts with the first wait, so that programs have all the time they need to begin.
 */
export class PacedClock implements RunClock {
  readonly #parts: PacedClockParts;
  readonly #speed: number;
  /** When it started, on the wall's clock; undefined before that. */
  #startedAt: number | undefined;
  #hurry: () => void = () => undefined;

  constructor(parts: PacedClockParts, speed: number) {
    this.#parts = parts;
    this.#speed = speed;
  }

  present(): number {
    if (this.#speed === Infinity) return Infinity;
    return this.#startedAt === undefined ? 0 : (this.#parts.now() - this.#startedAt) * this.#speed;
  }

  until(time: number): Promise<void> | void {
    if (time > 0) this.#startedAt ??= this.#parts.now();
    const wait = (time - this.present()) / this.#speed;
    if (!(wait > 0)) return;
    return new Promise((resolve) => {
      const cancel = this.#parts.after(wait, resolve);
      this.#hurry = () => {
        cancel();
        resolve();
      };
    });
  }

  /** Lets a run that waits look again at what comes next. */
  hurry(): void {
    this.#hurry();
  }
}
