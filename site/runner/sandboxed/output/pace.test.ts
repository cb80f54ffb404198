import { expect, test } from 'vitest';
import { Pace, paceLimits } from './pace.ts';

/** Returns a pace whose clock advances by 0.1 ms each time it is read, and what it did. */
function pace(): { pace: Pace; time: () => number; pass: (ms: number) => void; told: () => number } {
  let time = 0;
  let told = 0;
  const made = new Pace({ now: () => (time += 0.1), onHeldBack: () => told++ });
  return { pace: made, time: () => time, pass: (ms) => (time += ms), told: () => told };
}

test('a program that sends as much as lessons do is never held back', () => {
  const { pace: kept, time, told } = pace();
  for (let i = 0; i < paceLimits.atOnce; i++) kept.keep(1, 10);
  expect(told()).toBe(0);
  expect(time()).toBeCloseTo((paceLimits.atOnce + 1) / 10);
});

test('an endless loop sends no faster than the page can take, and the reader is told once', () => {
  const { pace: kept, time, told } = pace();
  const sent = 20_000;
  for (let i = 0; i < sent; i++) kept.keep();
  expect(time()).toBeGreaterThan((sent - paceLimits.atOnce) / paceLimits.perMs - 1);
  expect(told()).toBe(1);
});

test('large messages count for more', () => {
  const { pace: kept, time } = pace();
  for (let i = 0; i < 100; i++) kept.keep(1, 1_000_000);
  const uses = 100 * (1 + 1_000_000 / paceLimits.bytes);
  expect(time()).toBeGreaterThan((uses - paceLimits.atOnce) / paceLimits.perMs - 1);
});

test('a program that was held back may send at once again after a while', () => {
  const { pace: kept, time, pass } = pace();
  for (let i = 0; i < 3 * paceLimits.atOnce; i++) kept.keep();
  pass(paceLimits.atOnce / paceLimits.perMs);
  const before = time();
  for (let i = 0; i < paceLimits.atOnce; i++) kept.keep();
  expect(time() - before).toBeCloseTo(paceLimits.atOnce / 10);
});
