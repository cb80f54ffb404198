/** Of the time, working out one value again while a run is on may take this part. */
const share = 0.05;
/** So much of one turn of a live run, ms, may go into working out what there is an earlier value of; one value may take more. */
const mostAtOnce = 5;
/** More values are those of connections that there were once. */
const most = 256;

interface Known<Value> {
  value: Value;
  /** The reading that it was worked out at. */
  turn: number;
  /** When that was done and how long it took, ms. */
  at: number;
  took: number;
}

/** What the turn that is on has taken so far, ms: of all that is kept, where several share it. */
export interface Spent {
  ms: number;
}

/** Values by name, each worked out when first asked for: once a turn, or in a live one when it is due. */
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

  /** True where this turn gave out a value of an earlier one. */
  get isBehind(): boolean {
    return this.#isBehind;
  }

  /**
   * Begins a turn. In a live one a value of an earlier one will do, until so much time has gone that working it out is a small part
   * of it; and while other values take the turn's time.
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
