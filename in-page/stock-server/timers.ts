import type { Timers } from '../../sandbox-server/endpoints/endpoint.ts';
import type { ProgramClock } from '../program/program-clock.ts';

/** The longest wait that a timer takes, ms. */
const longest = 2 ** 31 - 1;

/** Differences of times since 1970 are exact to this, ms; what is longer by less than it is not. */
const rounding = 0.01;

/** Returns the endpoints' clock and timers on the run's clock. `epoch` is when the run began, ms since 1970. */
export function timersOn(clock: ProgramClock, epoch = 0): Timers {
  return {
    now: () => epoch + clock.present,
    after(ms, callback) {
      if (ms === Infinity) return () => undefined;
      const id = clock.set(callback, Math.min(Math.ceil(ms - rounding), longest), false);
      return () => clock.clear(id);
    },
  };
}
