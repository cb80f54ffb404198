import { expect, test } from 'vitest';
import type { Timers } from '../endpoints/endpoint.ts';
import { FaultBoundary } from '../fault-boundary.ts';
import { noFaults } from '../testing/no-faults.ts';
import { RequestScheduler } from './request-scheduler.ts';

/** Returns an event loop and a clock that the test moves by hand. */
function createLoop() {
  let due: (() => void)[] = [];
  const clock = { now: 0 };
  const timers: Timers = {
    now: () => clock.now,
    after: (_, callback) => {
      due.push(callback);
      return () => undefined;
    },
  };
  const turn = (): void => {
    const callbacks = due;
    due = [];
    for (const callback of callbacks) callback();
  };
  return { clock, timers, turn, isIdle: () => due.length === 0 };
}

test('serves the requests of one turn for a millisecond and the rest in order in the next turns, until nothing waits', () => {
  const { clock, timers, turn, isIdle } = createLoop();
  const fair = new RequestScheduler(timers, noFaults);
  const served: number[] = [];
  const come = (n: number): void =>
    fair.run(() => {
      served.push(n);
      clock.now += 0.4;
    });
  for (let n = 0; n < 8; n++) come(n);
  expect(served).toEqual([0, 1, 2]);
  turn();
  expect(served).toEqual([0, 1, 2, 3, 4, 5]);
  // A later request does not overtake those that wait.
  come(8);
  expect(served).toHaveLength(6);
  turn();
  expect(served).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  turn();
  expect(isIdle()).toBe(true);
  come(9);
  expect(served.at(-1)).toBe(9);
});

test('serves a request made while others are served after them, and reports one that fails without holding up the rest', () => {
  const { clock, timers, turn } = createLoop();
  const told: unknown[] = [];
  const fair = new RequestScheduler(timers, new FaultBoundary((error) => told.push(error)));
  const served: string[] = [];
  fair.run(() => (clock.now += 2));
  fair.run(() => {
    served.push('first');
    fair.run(() => served.push('of the first'));
    throw new Error('a fault of ours');
  });
  fair.run(() => served.push('second'));
  turn();
  turn();
  expect(told).toEqual([new Error('a fault of ours')]);
  expect(served).toEqual(['first', 'second', 'of the first']);
});

test('addresses take turns, so a request from one does not wait for all of a flood from another', () => {
  const { clock, timers, turn } = createLoop();
  const fair = new RequestScheduler(timers, noFaults);
  const served: string[] = [];
  const come = (name: string, address: string): void =>
    fair.run(() => {
      served.push(name);
      clock.now += 0.5;
    }, address);
  for (let n = 0; n < 8; n++) come(`flood ${n}`, 'a');
  come('other 0', 'b');
  come('other 1', 'b');
  for (let n = 0; n < 5; n++) turn();
  expect(served).toEqual([
    ...['flood 0', 'flood 1', 'flood 2', 'other 0', 'flood 3', 'other 1'],
    ...['flood 4', 'flood 5', 'flood 6', 'flood 7'],
  ]);
});
