import { expect, test } from 'vitest';
import { PacedClock } from './run-clock.ts';

/** A wall clock that is moved by hand. */
function wallClock() {
  let now = 0;
  const due: { at: number; act: () => void }[] = [];
  return {
    now: () => now,
    after(ms: number, act: () => void) {
      const one = { at: now + ms, act };
      due.push(one);
      return () => void due.splice(due.indexOf(one), 1);
    },
    pass(ms: number) {
      now += ms;
      for (const one of due.filter(({ at }) => at <= now)) one.act();
    },
    get waits() {
      return due.map(({ at }) => at);
    },
  };
}

test('a moment of the run comes after its time divided by the speed', async () => {
  const wall = wallClock();
  const clock = new PacedClock(wall, 0.1);
  const reached = clock.until(100);
  expect(wall.waits).toEqual([1000]);
  wall.pass(1000);
  await reached;
  expect(clock.present()).toBeCloseTo(100, 9);
  expect(clock.until(100)).toBeUndefined();
});

test('a hurry lets a run that waits look again, and time goes on as before', async () => {
  const wall = wallClock();
  const clock = new PacedClock(wall, 0.5);
  const reached = clock.until(500);
  wall.pass(200);
  clock.hurry();
  await reached;
  expect(clock.present()).toBe(100);
  wall.pass(100);
  expect(clock.present()).toBe(150);
});

test('the clock starts with the first wait, and not while programs begin', () => {
  const wall = wallClock();
  const clock = new PacedClock(wall, 1);
  void clock.until(0);
  wall.pass(300);
  expect(clock.present()).toBe(0);
  void clock.until(100);
  expect(wall.waits).toEqual([400]);
});

test('as fast as can be, nothing is waited for', () => {
  const clock = new PacedClock(wallClock(), Infinity);
  expect([clock.until(1e9), clock.present()]).toEqual([undefined, Infinity]);
});
