import { expect, test } from 'vitest';
import { createTimers } from './timers.ts';

test('timers that fired, were stopped or never come are not counted as waiting', async () => {
  const timers = createTimers();
  const stopped = timers.after(1000, () => expect.unreachable());
  const never = timers.after(Infinity, () => expect.unreachable());
  const started = timers.now();
  const soon = new Promise<void>((resolve) => timers.after(0.2, resolve));
  const later = new Promise<void>((resolve) => timers.after(5, resolve));
  expect(timers.waiting).toBe(3);
  stopped();
  stopped();
  never();
  await Promise.all([soon, later]);
  expect(timers.waiting).toBe(0);
  expect(timers.now()).toBeGreaterThan(started);
});

test('the clock is that of the Unix epoch, with fractions', () => {
  const timers = createTimers();
  expect(Math.abs(timers.now() - Date.now())).toBeLessThan(5000);
});
