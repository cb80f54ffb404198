/**
 * How fast a program may send what leaves its Worker. In Firefox all of that passes through the page's own thread, or through that of the
 * whole browser: a loop that sends without end would freeze the page, and Stop with it.
 */
import { apply, seenThrough } from '../natives.ts';

/** Messages: so many at once, and so many in each ms from then on. A connection counts for several, and so do so many bytes each. */
export const paceLimits = { atOnce: 2000, perMs: 2, connection: 10, bytes: 16_384 };

/** What a program that is held back is told. */
export const heldBack =
  'The program sends faster than the page can take it: from here on it waits a moment each time that it sends, until it has sent less for a while.';

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

  /** The program has sent so much: it goes on once that was not too much. There is nothing to wait with but a loop. */
  keep(messages = 1, bytes = 0): void {
    this.#left -= messages + bytes / paceLimits.bytes;
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

/** What leaves a Worker and is no connection to the sandbox. */
const waysOut: readonly (readonly [of: string, method: string])[] = [
  ['BroadcastChannel', 'postMessage'],
  ['MessagePort', 'postMessage'],
  ['Permissions', 'query'],
];

/** Has whatever else leaves the Worker keep the pace, on `scope`; what the browser lacks is passed over. */
export function paceOtherWays(scope: object, pace: Pace): void {
  const paced = <Target extends (...args: never[]) => unknown>(native: Target): Target =>
    seenThrough(native, {
      apply(target, self, args: unknown[]) {
        pace.keep();
        return apply(target, self, args as never[]);
      },
    });
  for (const [of, name] of waysOut) {
    const prototype = (scope as Record<string, { prototype: Record<string, () => unknown> } | undefined>)[of]?.prototype;
    const native = prototype?.[name];
    if (prototype && native) prototype[name] = paced(native);
  }
  const { fetch } = scope as typeof globalThis;
  Object.assign(scope, { fetch: paced(fetch) });
}
