import { performance } from 'node:perf_hooks';
import type { Timers } from './endpoints/endpoint.ts';

/** The process's own clock and timers, with a count of waiting timers. */
export interface CountedTimers extends Timers {
  readonly waiting: number;
}

/** The longest wait that Node's setTimeout takes, in ms. */
const longest = 2 ** 31 - 1;

/** Creates timers on Node's event loop. Below 1 ms they fire in the loop's next turn, so an early caller can wait again. */
export function createTimers(): CountedTimers {
  let waiting = 0;
  return {
    now: () => performance.timeOrigin + performance.now(),
    get waiting() {
      return waiting;
    },
    after(ms, callback) {
      if (ms === Infinity) return () => undefined;
      let armed = true;
      waiting++;
      const disarm = (): void => {
        if (armed) waiting--;
        armed = false;
      };
      const fire = (): void => {
        if (!armed) return;
        disarm();
        callback();
      };
      if (ms < 1) {
        const immediate = setImmediate(fire);
        return () => {
          disarm();
          clearImmediate(immediate);
        };
      }
      const timeout = setTimeout(fire, Math.min(Math.ceil(ms), longest));
      return () => {
        disarm();
        clearTimeout(timeout);
      };
    },
  };
}
