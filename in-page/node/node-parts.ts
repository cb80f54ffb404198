/** What Node's modules and the `ws` library need of the program in which they run. */
import type { SocketNetwork } from '../program/network.ts';
import type { ProgramClock } from '../program/program-clock.ts';

/** Returns so many bytes, from the seed of the run: the same in each run. */
export type RandomBytes = (length: number) => Uint8Array;

export interface NodeParts {
  network: SocketNetwork;
  clock: ProgramClock;
  random: RandomBytes;
  /** Calls back before the next thing happens to the program, as `process.nextTick` does. By default a microtask. */
  nextTick?: ((callback: () => void) => void) | undefined;
  /** Counts a promise of the platform's as real work, so that the run waits for it. */
  hold?: (<Value>(work: Promise<Value>) => Promise<Value>) | undefined;
  /** When the run began, as `Date` counts: ms since 1970. By default 0. */
  epoch?: number | undefined;
}

/** Returns the function with which a module puts something off to the next tick. */
export function ticker({ nextTick }: NodeParts): (callback: () => void) => void {
  // Not the function itself: browsers refuse to call it as a method.
  return nextTick ?? ((callback) => queueMicrotask(callback));
}
