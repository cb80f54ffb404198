import { expect, test } from 'vitest';
import { EventIntake } from './event-intake.ts';

test('does not take an item that fails again, and still takes those behind it', () => {
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

test('takes items at once when too many wait, so that the sender notices that the page is busy', () => {
  const { intake, taken } = intakeOf(2);
  for (let item = 1; item <= 30; item++) intake.add(item);
  expect(taken).toEqual(Array.from({ length: 14 }, (_, i) => i + 1));
});

/** Returns an intake on the test's own clock and tasks. Each item takes `takes` ms. */
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

test('takes the first item at once, and those behind it in the next tasks, in order', () => {
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

test('takes an item alone when it takes longer than a task may, and leaves none after a flush', () => {
  const { intake, taken, runTask } = intakeOf(50);
  for (const item of [1, 2, 3, 4]) intake.add(item);
  runTask();
  expect(taken).toEqual([1, 2]);
  intake.flush();
  expect(taken).toEqual([1, 2, 3, 4]);
  runTask();
  expect(taken).toEqual([1, 2, 3, 4]);
});
