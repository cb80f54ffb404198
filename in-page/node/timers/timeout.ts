/** What Node's timers return: objects, which a program may ask, refresh and stop. */

export type TimerCallback = (...values: never[]) => unknown;

/** What a timer has done by those who made it. */
interface TimeoutDeeds {
  /** Starts it anew, also where it has fired or was stopped. */
  refresh: () => void;
  stop: () => void;
}

/**
 * A timer that keeps no program running, as `unref` asks for, fires like any other here: a run does not end with its programs,
 * but when nothing can happen any more or its time is up.
 */
class Referenced {
  #hasRef = true;

  hasRef(): boolean {
    return this.#hasRef;
  }

  ref(): this {
    this.#hasRef = true;
    return this;
  }

  unref(): this {
    this.#hasRef = false;
    return this;
  }
}

export class Timeout extends Referenced {
  readonly #id: number;
  readonly #deeds: TimeoutDeeds;
  #isStopped = false;

  constructor(id: number, deeds: TimeoutDeeds) {
    super();
    this.#id = id;
    this.#deeds = deeds;
  }

  /** Starts it again from now. Does nothing after `close` or `clearTimeout`. */
  refresh(): this {
    if (!this.#isStopped) this.#deeds.refresh();
    return this;
  }

  close(): this {
    this.stop();
    return this;
  }

  stop(): void {
    this.#isStopped = true;
    this.#deeds.stop();
  }

  /** Returns its number, which `clearTimeout` takes as well. */
  [Symbol.toPrimitive](): number {
    return this.#id;
  }
}

export class Immediate extends Referenced {
  readonly #stop: () => void;

  constructor(stop: () => void) {
    super();
    this.#stop = stop;
  }

  stop(): void {
    this.#stop();
  }
}

// Some engines do not have it yet; there no program can say `using` either.
const dispose = (Symbol as { dispose?: symbol }).dispose;
if (dispose) {
  for (const { prototype } of [Timeout, Immediate]) {
    Object.defineProperty(prototype, dispose, { value: prototype.stop, configurable: true, writable: true });
  }
}
