import { expect, test } from 'vitest';
import { FairBucket } from './fair-bucket.ts';

const [flood, other, third] = [{}, {}, {}];

/** Returns how many of `count` attempts are taken. */
const takes = (bucket: FairBucket, by: object, count: number, now = 0): number =>
  Array.from({ length: count }, () => bucket.take(by, now)).filter(Boolean).length;

test('a lone user gets the burst and then the rate, and no more', () => {
  const bucket = new FairBucket(10, 40, 0);
  expect(takes(bucket, flood, 100)).toBe(40);
  expect(takes(bucket, flood, 100, 1000)).toBe(10);
});

test('others below an equal share get a quarter of a burst on credit, paid back before the flood gets more', () => {
  const bucket = new FairBucket(10, 40, 0);
  takes(bucket, flood, 100);
  expect(takes(bucket, other, 100)).toBe(10);
  expect(takes(bucket, third, 100)).toBe(0);
  // One second of the rate pays the debt of ten.
  expect(takes(bucket, flood, 100, 1000)).toBe(0);
  expect(takes(bucket, flood, 100, 1500)).toBe(5);
});

test('users who took the same are owed no more, but a newcomer is', () => {
  const bucket = new FairBucket(10, 40, 0);
  for (let i = 0; i < 20; i++) for (const by of [flood, other]) bucket.take(by, 0);
  expect([takes(bucket, flood, 10), takes(bucket, other, 10)]).toEqual([0, 0]);
  expect(takes(bucket, third, 5)).toBe(5);
});

test('forgets what was taken long ago, so a former flooder that is modest now is owed something like anybody', () => {
  const bucket = new FairBucket(10, 40, 0);
  takes(bucket, flood, 40);
  expect(bucket.isFull(4000)).toBe(true);
  // Half of it is forgotten in the time that the bucket takes to fill.
  for (let time = 4001; time < 60_000; time += 4001) bucket.take(third, time);
  takes(bucket, other, 100, 60_000);
  expect(takes(bucket, flood, 3, 60_000)).toBe(3);
});

test.each([
  [Infinity, 10],
  [10, Infinity],
])('refuses nobody if the rate or the burst has no bound: %d a second in bursts of %d', (perSecond, burst) => {
  expect(takes(new FairBucket(perSecond, burst, 0), flood, 1000)).toBe(1000);
});
