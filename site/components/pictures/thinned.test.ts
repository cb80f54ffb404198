import { expect, test } from 'vitest';
import { mostQueued, type QueueStep } from '../../../protocol/measures/upload-queue.ts';
import { thinned } from './thinned.ts';

const steps: QueueStep[] = Array.from({ length: 1000 }, (_, i) => ({
  time: i,
  before: i === 501 ? 9999 : 1000 - i,
  waiting: 0,
  onLink: 0,
}));

test('thinned steps keep the highest moment and the end', () => {
  const few = thinned(steps, 50);
  expect(few.length).toBeLessThanOrEqual(51);
  expect(mostQueued(few)).toBe(9999);
  expect(few.at(-1)).toEqual(steps.at(-1));
});

test('few steps stay as they are', () => {
  expect(thinned(steps.slice(0, 3), 50)).toEqual(steps.slice(0, 3));
});
