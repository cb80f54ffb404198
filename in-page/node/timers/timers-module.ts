/** Node's modules `timers` and `timers/promises`. */
import { abortError } from '../abort-error.ts';
import type { NodeTimers } from './node-timers.ts';
import type { Immediate, Timeout, TimerCallback } from './timeout.ts';

/** How a program asks a promise to return something, to be re-used, as `util.promisify` finds it. */
export const promisifyCustom = Symbol.for('nodejs.util.promisify.custom');

export interface TimerGlobals {
  setTimeout: (callback: TimerCallback, ms?: unknown, ...values: unknown[]) => Timeout;
  setInterval: (callback: TimerCallback, ms?: unknown, ...values: unknown[]) => Timeout;
  setImmediate: (callback: TimerCallback, ...values: unknown[]) => Immediate;
  clearTimeout: (timer?: unknown) => void;
  clearInterval: (timer?: unknown) => void;
  clearImmediate: (timer?: unknown) => void;
}

interface WaitOptions {
  signal?: AbortSignal | undefined;
  /** Taken; see `Timeout`. */
  ref?: boolean | undefined;
}

export interface TimerPromises {
  setTimeout: <Value>(ms?: unknown, value?: Value, options?: WaitOptions) => Promise<Value>;
  setImmediate: <Value>(value?: Value, options?: WaitOptions) => Promise<Value>;
  setInterval: <Value>(ms?: unknown, value?: Value, options?: WaitOptions) => AsyncGenerator<Value, void>;
  scheduler: { wait: (ms: number, options?: WaitOptions) => Promise<void>; yield: () => Promise<void> };
}

/** Returns the global functions, which are what the module `timers` has. */
export function timerGlobals(timers: NodeTimers, promises: TimerPromises): TimerGlobals {
  const setTimeout: TimerGlobals['setTimeout'] = (callback, ms, ...values) => timers.setTimeout(callback, ms, ...values);
  const setImmediate: TimerGlobals['setImmediate'] = (callback, ...values) => timers.setImmediate(callback, ...values);
  const clear = (timer?: unknown): void => timers.clear(timer);
  return {
    setTimeout: Object.assign(setTimeout, { [promisifyCustom]: promises.setTimeout }),
    setInterval: (callback, ms, ...values) => timers.setInterval(callback, ms, ...values),
    setImmediate: Object.assign(setImmediate, { [promisifyCustom]: promises.setImmediate }),
    clearTimeout: clear,
    clearInterval: (timer) => clear(timer),
    clearImmediate: (timer) => clear(timer),
  };
}

export function timerPromises(timers: NodeTimers): TimerPromises {
  /** Resolves with a value when a timer fires. Rejects with an AbortError. */
  const wait = <Value>(start: (fired: () => void) => Timeout | Immediate, value: Value, signal?: AbortSignal): Promise<Value> =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(abortError(signal));
        return;
      }
      const onAbort = (): void => {
        timer.stop();
        reject(abortError(signal));
      };
      const timer = start(() => {
        signal?.removeEventListener('abort', onAbort);
        resolve(value);
      });
      signal?.addEventListener('abort', onAbort);
    });
  const setTimeout: TimerPromises['setTimeout'] = (ms, value, { signal } = {}) =>
    wait((fired) => timers.setTimeout(fired, ms), value as never, signal);
  const setImmediate: TimerPromises['setImmediate'] = (value, { signal } = {}) =>
    wait((fired) => timers.setImmediate(fired), value as never, signal);
  return {
    setTimeout,
    setImmediate,
    setInterval: (ms, value, { signal } = {}) => ticks(timers, ms, value as never, signal),
    scheduler: { wait: (ms, options) => setTimeout(ms, undefined, options), yield: () => setImmediate(undefined) },
  };
}

/** Yields a value at each tick of an interval, also of those that came while nobody asked. Stops it where the loop is left. */
async function* ticks<Value>(
  timers: NodeTimers,
  ms: unknown,
  value: Value,
  signal: AbortSignal | undefined,
): AsyncGenerator<Value, void> {
  if (signal?.aborted) throw abortError(signal);
  let due = 0;
  let wake = (): void => undefined;
  const interval = timers.setInterval(() => {
    due++;
    wake();
  }, ms);
  const onAbort = (): void => wake();
  signal?.addEventListener('abort', onAbort);
  try {
    for (;;) {
      if (due > 0) {
        due--;
        yield value;
      } else if (signal?.aborted) throw abortError(signal);
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    interval.stop();
    signal?.removeEventListener('abort', onAbort);
  }
}
