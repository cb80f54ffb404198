import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ticks } from './ticks.ts';
import { formatTime } from './time.ts';
import { keepInSight, pan, whole, zoom } from '../layout/viewport.ts';

test.each([
  [0, '0 ms'],
  [0.424, '0.42 ms'],
  [42.14, '42.1 ms'],
  [502.4, '502 ms'],
  [999.7, '1.00 s'],
  [1240, '1.24 s'],
])('%d ms is written %s', (ms, text) => {
  expect(formatTime(ms)).toBe(text);
});

test('the ruler has round times in one unit', () => {
  expect(ticks(0, 1000, 4).map(({ label }) => label)).toEqual(['0', '0.5 s', '1.0 s']);
  expect(ticks(0, 1, 4).map(({ label }) => label)).toEqual(['0', '0.5 ms', '1.0 ms']);
  expect(ticks(980, 1020, 4).map(({ label }) => label)).toEqual(['0.98 s', '0.99 s', '1.00 s', '1.01 s', '1.02 s']);
});

test('the ruler never has many more marks than were asked for, and its labels differ', () => {
  const time = fc.double({ min: 0, max: 1e5, noNaN: true });
  fc.assert(
    fc.property(time, fc.double({ min: 0.05, max: 1e6, noNaN: true }), fc.integer({ min: 1, max: 12 }), (from, span, count) => {
      const labels = ticks(from, from + span, count).map(({ label }) => label);
      expect(labels.length).toBeLessThanOrEqual(count + 2);
      expect(new Set(labels).size).toBe(labels.length);
    }),
  );
});

test('the view shows no time before the beginning or after the end', () => {
  expect(pan({ from: 0, to: 100 }, -50, 1000)).toEqual({ from: 0, to: 100 });
  expect(pan({ from: 900, to: 1000 }, 500, 1000).to).toBeCloseTo(whole(1000).to, 9);
  expect(zoom({ from: 0, to: 100 }, 1000, 50, 1000)).toEqual(whole(1000));
});

test('zooming in keeps its target moment in place', () => {
  const view = zoom({ from: 0, to: 1000 }, 0.5, 400, 1000);
  expect((400 - view.from) / (view.to - view.from)).toBeCloseTo(0.4, 9);
});

test('the view stands still until the moment shown leaves it, and then turns like a page', () => {
  const view = { from: 0, to: 1000 };
  expect(keepInSight(view, 900, true)).toBe(view);
  expect(keepInSight(view, 950, true)).toEqual({ from: 550, to: 1550 });
  expect(keepInSight(view, 1000, false)).toBe(view);
});
