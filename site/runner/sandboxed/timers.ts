/**
 * Observes the browser's own timers and tracks which are waiting: a program that polls is at rest between two requests, but has
 * not finished.
 */

import { apply, OwnMap, seenThrough } from './natives.ts';

/** A timer longer than this, ms, is no reason to wait for the program. */
const longestWait = 5000;
/** An interval that has fired this often without a visible effect no longer counts as activity. */
const mostInVain = 3;

type Timers = Pick<typeof globalThis, 'setTimeout' | 'setInterval' | 'clearTimeout' | 'clearInterval'>;

/** What the timers need from their surroundings. */
export interface TimerObserver {
  /** Marks a timer as waiting until the returned function is called. */
  hold(): () => void;
  /** How much the program has visibly done so far. Rises. */
  seen(): number;
}

/** Replaces the timers of `scope`. */
export function observeTimers(scope: Timers, { hold, seen }: TimerObserver): void {
  const held = new OwnMap<unknown, () => void>();

  const starting = (repeats: boolean): ProxyHandler<(...args: never[]) => unknown> => ({
    apply(native, self, args: unknown[]) {
      const [handler, delay = 0, ...more] = args;
      if (typeof handler !== 'function' || Number(delay) > longestWait) return apply(native, self, args) as unknown;
      const release = hold();
      let before = seen();
      let inVain = 0;
      const fire = function (this: unknown, ...given: unknown[]): void {
        try {
          apply(handler, this, given);
        } finally {
          inVain = seen() === before ? inVain + 1 : 0;
          before = seen();
          if (!repeats) held.delete(id);
          if (!repeats || inVain >= mostInVain) release();
        }
      };
      const id: unknown = apply(native, self, [fire, delay, ...more]);
      held.set(id, release);
      return id;
    },
  });
  const clearing: ProxyHandler<(...args: never[]) => unknown> = {
    apply(native, self, args: unknown[]) {
      held.get(args[0])?.();
      held.delete(args[0]);
      return apply(native, self, args) as unknown;
    },
  };
  Object.assign(scope, {
    setTimeout: seenThrough(scope.setTimeout, starting(false)),
    setInterval: seenThrough(scope.setInterval, starting(true)),
    clearTimeout: seenThrough(scope.clearTimeout, clearing),
    clearInterval: seenThrough(scope.clearInterval, clearing),
  });
}
