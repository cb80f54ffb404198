import type { Timers } from '../endpoints/endpoint.ts';
import type { FaultBoundary } from '../fault-boundary.ts';

/** How long we serve requests in one turn of the event loop, in ms. */
const longest = 1;

/**
 * Serves requests for a moment of each turn of the event loop and leaves the rest to the next turns, so that some hundred at
 * once do not keep every connection waiting until the last of them is served. Client addresses take turns, one request each;
 * requests from one address are served in order.
 */
export class RequestScheduler {
  readonly #timers: Timers;
  readonly #faults: FaultBoundary;
  /** The requests that wait, by address; the address whose turn is next comes first. */
  readonly #waiting = new Map<string, (() => void)[]>();
  /** When this turn served its first request; undefined until it has. */
  #began: number | undefined;

  constructor(timers: Timers, faults: FaultBoundary) {
    this.#timers = timers;
    this.#faults = faults;
  }

  /** Serves a request from `address`, now or in a later turn. */
  run(serve: () => void, address = ''): void {
    const waiting = this.#waiting.get(address);
    if (waiting) waiting.push(serve);
    else if (this.#waiting.size > 0 || !this.#hasTime()) this.#waiting.set(address, [serve]);
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
    while (this.#waiting.size > 0 && this.#hasTime()) this.#serveFirst();
  }

  #serveFirst(): void {
    const [first] = this.#waiting;
    if (!first) return;
    const [address, waiting] = first;
    const serve = waiting.shift();
    this.#waiting.delete(address);
    if (waiting.length > 0) this.#waiting.set(address, waiting);
    if (serve) this.#faults.run(serve);
  }
}
