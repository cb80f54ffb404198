import { expect, test } from 'vitest';
import { EventIntake } from './event-intake.ts';

test('one that fails is not taken again, and keeps none behind it from being taken', () => {
  const tasks: (() => void)[] = [];
  const taken: number[] = [];
  const intake = new EventIntake<number>(
    (item) => {
      taken.push(item);
      if (item === 2) throw new Error('a fault of ours');
    },
    { now: () => 0, later: (callback) => void tasks.push(callback) },
  );
  for (const item of [1, 2, 3]) intake.add(item);
  expect(() => tasks.shift()?.()).toThrow('a fault of ours');
  tasks.shift()?.();
  expect(taken).toEqual([1, 2, 3]);
});

test('more than some never wait: then the page is busy until it has taken them, as whoever sends can tell', () => {
  const { intake, taken } = intakeOf(2);
  for (let item = 1; item <= 30; item++) intake.add(item);
  expect(taken).toEqual(Array.from({ length: 14 }, (_, i) => i + 1));
});

/** An intake by a clock and tasks of the test's own; each item takes so many ms. */
function intakeOf(takes: number) {
  const clock = { now: 0 };
  const taken: number[] = [];
  const tasks: (() => void)[] = [];
  const intake = new EventIntake<number>(
    (item) => {
      taken.push(item);
      clock.now += takes;
    },
    { now: () => clock.now, later: (callback) => void tasks.push(callback) },
  );
  return { intake, taken, tasks, runTask: () => tasks.shift()?.() };
}

test('the first that comes is taken at once, what comes behind it in the same task in the next ones, in its order', () => {
  const { intake, taken, runTask, tasks } = intakeOf(2);
  for (const item of [1, 2, 3, 4, 5, 6, 7]) intake.add(item);
  expect(taken).toEqual([1]);
  runTask();
  expect(taken).toEqual([1, 2, 3, 4]);
  runTask();
  expect(taken).toEqual([1, 2, 3, 4, 5, 6, 7]);
  runTask();
  expect(tasks).toEqual([]);
  intake.add(8);
  expect(taken.at(-1)).toBe(8);
});

test('one that takes longer than a task may is taken alone, and none is left when all has to be taken', () => {
  const { intake, taken, runTask } = intakeOf(50);
  for (const item of [1, 2, 3, 4]) intake.add(item);
  runTask();
  expect(taken).toEqual([1, 2]);
  intake.flush();
  expect(taken).toEqual([1, 2, 3, 4]);
  runTask();
  expect(taken).toEqual([1, 2, 3, 4]);
});
