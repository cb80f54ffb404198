import { createFakeTimers, type FakeTimers } from './fake-timers.ts';

/**
 * A clock that moves on by a millisecond with each turn of the event loop, however long that takes. A server's timers are exact
 * on it, while its sockets are real. Ends with `using`.
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
