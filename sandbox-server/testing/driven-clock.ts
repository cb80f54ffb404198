import { createFakeTimers, type FakeTimers } from './fake-timers.ts';

/**
 * A clock that goes on by a millisecond with each turn of the event loop, however long that takes: what a server does by its
 * timers is exact on it, and its sockets are real. Ends with `using`.
 */
export function createDrivenClock(): FakeTimers & Disposable {
  const timers = createFakeTimers();
  let isGoing = true;
  const turn = (): void => {
    if (!isGoing) return;
    timers.pass(1);
    setImmediate(turn);
  };
  setImmediate(turn);
  return Object.defineProperties({} as FakeTimers & Disposable, {
    ...Object.getOwnPropertyDescriptors(timers),
    [Symbol.dispose]: { value: () => (isGoing = false) },
  });
}
