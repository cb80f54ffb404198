/** The timers of pages, on the run's clock (HTML §8.7). */
import type { ProgramClock } from '../../../../in-page/program/program-clock.ts';
import { replaceGlobals } from './replace-globals.ts';

/** The time between two frames of an animation, ms, as on most screens. */
const frameEvery = 1000 / 60;

/** Replaces the timers of `scope`. */
export function putTimersOnClock(scope: typeof globalThis, clock: ProgramClock): void {
  const evaluate = scope.eval;
  const callbackOf = (handler: unknown, args: unknown[]): (() => void) =>
    typeof handler === 'function'
      ? () => void (handler as (...given: unknown[]) => void).apply(scope, args)
      : () => void evaluate(`${handler as string}`);
  const setting =
    (repeats: boolean) =>
    (handler: unknown, delay?: unknown, ...args: unknown[]): number =>
      clock.set(callbackOf(handler, args), delay, repeats);
  const clear = (id?: unknown): void => clock.clear(id);
  replaceGlobals(scope, {
    setTimeout: setting(false),
    setInterval: setting(true),
    clearTimeout: clear,
    clearInterval: clear,
    requestAnimationFrame: (callback: (time: number) => void): number =>
      clock.set(() => callback(clock.read()), frameEvery - (clock.present % frameEvery), false),
    cancelAnimationFrame: clear,
  });
}
