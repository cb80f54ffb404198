/**
 * Limits how fast a program may send things out of its Worker. In Firefox they all pass through the page's own thread or that of
 * the whole browser, so a loop that sends without end would freeze the page, and Stop with it.
 */
import { apply, seenThrough } from '../natives.ts';

/**
 * Limits in messages: `atOnce`, then `perMs`. A connection counts as `connection` messages, and every `bytes` bytes as one more.
 */
export const paceLimits = { atOnce: 2000, perMs: 2, connection: 10, bytes: 16_384 };

/** What a program is told when it is held back. */
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

  /** Counts what the program has sent, and blocks until that is within the limits. Only a loop can wait here. */
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

/** Ways out of a Worker that are not connections to the sandbox. */
const waysOut: readonly (readonly [of: string, method: string])[] = [
  ['BroadcastChannel', 'postMessage'],
  ['MessagePort', 'postMessage'],
  ['Permissions', 'query'],
];

/** Makes everything else that leaves the Worker keep the pace, on `scope`. Skips what the browser lacks. */
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
