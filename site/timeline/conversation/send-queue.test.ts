import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textFlight } from '../testing/flights-for-tests.ts';
import { queueOf } from './send-queue.ts';

const waits = fc.array(
  fc.record({
    from: fc.integer({ min: 0, max: 500 }),
    wait: fc.integer({ min: 1, max: 200 }),
    length: fc.integer({ min: 1, max: 999 }),
    isStillThere: fc.boolean(),
  }),
  { minLength: 1, maxLength: 40 },
);

test('the queue holds at each moment the bytes that have come and not left, in whatever order they were reported', () => {
  fc.assert(
    fc.property(waits, (all) => {
      const flights = all.map(({ from, wait, length, isStillThere }) =>
        textFlight(from, isStillThere ? { length } : { length, onLink: { queuedAt: from, from: from + wait, to: undefined } }),
      );
      const queue = queueOf(flights, 'client-to-server');
      const held = (t: number): number =>
        all.reduce(
          (sum, { from, wait, length, isStillThere }) => sum + (from <= t && (isStillThere || t < from + wait) ? length : 0),
          0,
        );
      if (!queue) return;
      expect(queue.bytes).toEqual(queue.times.map(held));
      expect(queue.times).toEqual([...new Set(queue.times)].sort((a, b) => a - b));
      expect(queue.most).toBe(Math.max(...queue.bytes));
    }),
  );
});

test('frames that wait less than a moment are no queue, nor is a single frame that waits for its turn', () => {
  const short = [0, 1, 2, 3].map((from) => textFlight(from, { onLink: { queuedAt: from, from: from + 0.5, to: undefined } }));
  expect(queueOf(short, 'client-to-server')).toBeUndefined();
  expect(queueOf([textFlight(0, { onLink: { queuedAt: 0, from: 500, to: undefined } })], 'client-to-server')).toBeUndefined();
});
