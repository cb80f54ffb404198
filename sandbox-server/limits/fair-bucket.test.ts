import { expect, test } from 'vitest';
import { FairBucket } from './fair-bucket.ts';

const [flood, other, third] = [{}, {}, {}];

/** How many of so many are taken. */
const takes = (bucket: FairBucket, by: object, count: number, now = 0): number =>
  Array.from({ length: count }, () => bucket.take(by, now)).filter(Boolean).length;

test('one who is alone has the burst and then the rate, and no more', () => {
  const bucket = new FairBucket(10, 40, 0);
  expect(takes(bucket, flood, 100)).toBe(40);
  expect(takes(bucket, flood, 100, 1000)).toBe(10);
});

test('others who took less than an equal share have a quarter of a burst beyond it, which is paid back before the flood has more', () => {
  const bucket = new FairBucket(10, 40, 0);
  takes(bucket, flood, 100);
  expect(takes(bucket, other, 100)).toBe(10);
  expect(takes(bucket, third, 100)).toBe(0);
  // What comes in a second pays the debt of ten.
  expect(takes(bucket, flood, 100, 1000)).toBe(0);
  expect(takes(bucket, flood, 100, 1500)).toBe(5);
});

test('among those who took the same nobody is owed more, and a newcomer is', () => {
  const bucket = new FairBucket(10, 40, 0);
  for (let i = 0; i < 20; i++) for (const by of [flood, other]) bucket.take(by, 0);
  expect([takes(bucket, flood, 10), takes(bucket, other, 10)]).toEqual([0, 0]);
  expect(takes(bucket, third, 5)).toBe(5);
});

test('what was taken long ago is forgotten: who flooded once and is modest since is owed something like anybody', () => {
  const bucket = new FairBucket(10, 40, 0);
  takes(bucket, flood, 40);
  expect(bucket.isFull(4000)).toBe(true);
  // Half of it with each time that the bucket takes to fill.
  for (let time = 4001; time < 60_000; time += 4001) bucket.take(third, time);
  takes(bucket, other, 100, 60_000);
  expect(takes(bucket, flood, 3, 60_000)).toBe(3);
});

test.each([
  [Infinity, 10],
  [10, Infinity],
])('a rate of %d a second with bursts of %d that has no bound refuses nobody', (perSecond, burst) => {
  expect(takes(new FairBucket(perSecond, burst, 0), flood, 1000)).toBe(1000);
});
