/** Of the time, working out one value again while a run is on may take this part. */
const share = 0.05;
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

/** Values by name, each worked out when first asked for: once a turn, or in a live one when it is due. */
export class Kept<Value> {
  readonly #now: () => number;
  readonly #known = new Map<string, Known<Value>>();
  #turn = 0;
  #isBehind = false;

  /** `now`: ms. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** True where this turn gave out a value of an earlier one. */
  get isBehind(): boolean {
    return this.#isBehind;
  }

  /** Begins a turn. In a live one a value of an earlier one will do, until so much time has gone that working it out is a small part of it. */
  turn(isLive: boolean): { get(name: string, workOut: () => Value): Value } {
    const turn = ++this.#turn;
    this.#isBehind = false;
    if (this.#known.size > most) this.#known.clear();
    return {
      get: (name, workOut) => {
        const known = this.#known.get(name);
        const began = this.#now();
        if (known && known.turn >= turn) return known.value;
        if (known && isLive && began - known.at < known.took / share) {
          this.#isBehind = true;
          return known.value;
        }
        const value = workOut();
        const at = this.#now();
        this.#known.set(name, { value, turn, at, took: at - began });
        return value;
      },
    };
  }
}
