import type { Cancel, Timers } from './endpoint.ts';
import type { Numbered, Replay } from './channels/history.ts';

/** How many past ticks a listener can still hear of. */
const mostKept = 256;

/** When the ticks began, which every listener counts from, and how far apart they are, in ms. */
export interface TickTimes {
  since: number;
  every: number;
}

/**
 * A ticker that is on the air whether anybody listens or not: tick `n` is due `n * every` after `since`. It stores nothing,
 * because we can work out what it would have said at any time. Each listener has one of its own.
 */
export class Ticks {
  readonly #times: TickTimes;
  readonly #timers: Timers;
  /** The last tick that was due when the listener came; from then on, the last it was told of. */
  #last: number;

  constructor(times: TickTimes, timers: Timers) {
    this.#times = times;
    this.#timers = timers;
    this.#last = this.#due();
  }

  get last(): number {
    return this.#last;
  }

  /** Returns what came after the tick `id`, with a gap if more is past than we keep or if that tick is still to come. */
  after(id: number): Replay<string> {
    const first = Math.max(1, this.#last - mostKept + 1);
    const isKnown = id >= first - 1 && id <= this.#last;
    const from = isKnown ? id + 1 : first;
    const messages = Array.from({ length: this.#last - from + 1 }, (_, i) => tick(from + i));
    return { gap: isKnown ? undefined : { after: id, next: first }, messages };
  }

  /** Calls the listener with every tick after the last. */
  listen(listener: (message: Numbered<string>) => void): Cancel {
    const { since, every } = this.#times;
    const wait = (): Cancel =>
      this.#timers.after(since + (this.#last + 1) * every - this.#timers.now(), () => {
        while (this.#last < this.#due()) listener(tick(++this.#last));
        cancel = wait();
      });
    let cancel = wait();
    return () => cancel();
  }

  #due(): number {
    return Math.floor((this.#timers.now() - this.#times.since) / this.#times.every);
  }
}

const tick = (id: number): Numbered<string> => ({ id, data: `tick ${id}` });
