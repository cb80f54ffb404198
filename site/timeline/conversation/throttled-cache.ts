/** The share of time that working out one value again may take during a run. */
const share = 0.05;
/** How long one turn of a live run may spend on values that have an earlier one, ms; a single value may take more. */
const mostAtOnce = 5;
/** The most values to keep: beyond this, some belong to connections that no longer exist. */
const most = 256;

interface Known<Value> {
  value: Value;
  /** The turn in which it was worked out. */
  turn: number;
  /** When it was worked out and how long that took, ms. */
  at: number;
  took: number;
}

/** How long the current turn has taken so far, ms; caches that share this add up. */
export interface Spent {
  ms: number;
}

/** Keeps values by name and works each out when first asked for: once a turn, or, in a live turn, when it is due. */
export class ThrottledCache<Value> {
  readonly #now: () => number;
  readonly #known = new Map<string, Known<Value>>();
  #turn = 0;
  #isBehind = false;
  readonly #spent: Spent;

  /** `now`: ms. */
  constructor(now: () => number, spent: Spent = { ms: 0 }) {
    this.#now = now;
    this.#spent = spent;
  }

  /** True if this turn gave out a value of an earlier one. */
  get isBehind(): boolean {
    return this.#isBehind;
  }

  /**
   * Begins a turn. A live turn reuses an earlier value until enough time has passed that working it out again is a small part of
   * it, and while other values take up the turn's time.
   */
  turn(isLive: boolean): { get(name: string, workOut: () => Value): Value } {
    const turn = ++this.#turn;
    this.#isBehind = false;
    this.#spent.ms = 0;
    if (this.#known.size > most) this.#known.clear();
    return {
      get: (name, workOut) => {
        const known = this.#known.get(name);
        const began = this.#now();
        if (known && known.turn >= turn) return known.value;
        const isOver = this.#spent.ms > 0 && this.#spent.ms + (known?.took ?? 0) > mostAtOnce;
        if (known && isLive && (isOver || began - known.at < known.took / share)) {
          this.#isBehind = true;
          return known.value;
        }
        const value = workOut();
        const at = this.#now();
        this.#known.set(name, { value, turn, at, took: at - began });
        this.#spent.ms += at - began;
        return value;
      },
    };
  }
}
