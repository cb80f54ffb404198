import { expect, test } from 'vitest';
import { fuzzSeeds, isWhole, lengthOf, sampleOf, seed } from './thorough.ts';

const cases = Array.from({ length: 200 }, (_, i) => i);

test('a sample depends only on the seed, keeps the order of the list and has no repeats', () => {
  const [one, again, other] = [sampleOf(cases, 20, 1), sampleOf(cases, 20, 1), sampleOf(cases, 20, 2)];
  expect(one).toHaveLength(20);
  expect(again).toEqual(one);
  expect(other).not.toEqual(one);
  expect(one).toEqual([...new Set(one)].sort((a, b) => a - b));
  expect(sampleOf(cases.slice(0, 5), 20, 1)).toEqual([0, 1, 2, 3, 4]);
});

test('every case is equally likely to be in a sample', () => {
  const counts = new Map<number, number>();
  for (let by = 0; by < 2000; by++)
    for (const chosen of sampleOf(cases, 20, by)) counts.set(chosen, (counts.get(chosen) ?? 0) + 1);
  // The mean is 200 of 2000; a count strays this far by chance once in a million.
  expect(counts.size).toBe(200);
  expect(Math.min(...counts.values())).toBeGreaterThan(130);
  expect(Math.max(...counts.values())).toBeLessThan(270);
});

test('this run has a seed, which decides where a sample of seeds begins', { skip: isWhole }, () => {
  expect(seed).toBeGreaterThan(0);
  expect(lengthOf({ sample: 3, whole: 4 })).toBe(3);
  const seeds = fuzzSeeds({ sample: 10, whole: 1000 });
  expect(seeds).toHaveLength(10);
  expect(seeds.at(-1)).toBe((seeds[0] ?? 0) + 9);
  expect(seeds[0]).toBeLessThan(990);
});
