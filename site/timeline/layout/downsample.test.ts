import fc from 'fast-check';
import { expect, test } from 'vitest';
import { levels, lengths } from './downsample.ts';

test('draws the time that carried bytes as long as it was, however short its parts', () => {
  const step = fc.record({
    gap: fc.double({ min: 0.01, max: 5, noNaN: true }),
    takes: fc.double({ min: 0.01, max: 5, noNaN: true }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), fc.double({ min: 0.01, max: 10, noNaN: true }), (steps, scale) => {
      let time = 0;
      const spans = steps.map(({ gap, takes }): [number, number] => [(time += gap), (time += takes)]);
      const drawn = lengths(spans, 0, Infinity, (ms) => ms * scale);
      const sum = (list: readonly (readonly [number, number])[]): number => list.reduce((all, [a, b]) => all + b - a, 0);
      expect(sum(drawn)).toBeCloseTo(sum(spans) * scale, 6);
      expect(drawn.length).toBeLessThanOrEqual(Math.min(spans.length, 2 * Math.ceil(time * scale) + 1));
      for (const [i, [from]] of drawn.entries()) expect(from).toBeGreaterThanOrEqual(drawn[i - 1]?.[1] ?? 0);
    }),
  );
});

test('keeps the shape of a queue whose steps are closer than pixels: each pixel has its highest, and the last goes on', () => {
  // One byte more with each step, then one fewer: 100 steps a pixel.
  const times = Array.from({ length: 2001 }, (_, i) => i);
  const values = times.map((i) => (i <= 1000 ? i : 2000 - i));
  const found = levels(times, values, { from: 0, to: 2000, start: 0, end: 20 });
  expect(found.length).toBeLessThanOrEqual(2 * 42);
  const at = found.filter((_, i) => i % 2 === 0);
  const most = found.filter((_, i) => i % 2 === 1);
  for (const [i, level] of most.entries())
    expect(Math.abs(level - (1000 - Math.abs(1000 - 100 * (at[i] as number))))).toBeLessThanOrEqual(100);
  expect(Math.max(...most)).toBe(1000);
  expect(found.slice(-2)).toEqual([20, 0]);
});

test('begins with the level at the start of the view, and ends with the view', () => {
  const found = levels([0, 10, 90], [5, 7, 1], { from: 40, to: 80, start: 40, end: 80 });
  expect(found).toEqual([40, 7]);
});
