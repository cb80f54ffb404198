import { expect, test } from 'vitest';
import { TokenBucket } from './token-bucket.ts';

const taken = (bucket: TokenBucket, tries: number, now: number): number =>
  Array.from({ length: tries }, () => bucket.take(now)).filter(Boolean).length;

test('a bucket gives its burst at once, then its rate', () => {
  const bucket = new TokenBucket(50, 100, 0);
  expect(taken(bucket, 500, 0)).toBe(100);
  expect(taken(bucket, 500, 1000)).toBe(50);
  expect(taken(bucket, 500, 1010)).toBe(0);
  expect(taken(bucket, 500, 1020)).toBe(1);
});

test('a bucket never holds more than its burst', () => {
  const bucket = new TokenBucket(50, 100, 0);
  expect(taken(bucket, 500, 1e9)).toBe(100);
});

test('a limit that is lifted never refuses', () => {
  expect(taken(new TokenBucket(Infinity, 1, 0), 500, 0)).toBe(500);
  expect(taken(new TokenBucket(1, Infinity, 0), 500, 0)).toBe(500);
});
