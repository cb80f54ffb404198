import { expect, test } from 'vitest';
import { ClockAlignment } from './clock-alignment.ts';

test('clocks that agree are left alone', () => {
  const clock = new ClockAlignment();
  expect(clock.shift).toBe(0);
  clock.exchanged(1000, 1000.4, 1001);
  expect(clock.shift).toBe(0);
});

test('a Worker whose clock is ahead is set back until its answer comes before it was received', () => {
  const clock = new ClockAlignment();
  clock.exchanged(1000, 6000, 1002);
  expect(clock.shift).toBe(-4998);
});

test('a Worker whose clock is behind is set forward until its answer comes after it was asked; a quicker exchange sets it closer', () => {
  const clock = new ClockAlignment();
  clock.exchanged(1000, 500, 1040);
  expect(clock.shift).toBe(500);
  clock.exchanged(2000, 1490, 2020);
  expect(clock.shift).toBe(510);
});
