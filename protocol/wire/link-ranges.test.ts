import { expect, test } from 'vitest';
import { idealLink } from './link-conditions.ts';
import { isLinkConditions } from './link-ranges.ts';

test('all conditions in their ranges are link conditions, and so are some of them or none', () => {
  expect(isLinkConditions(idealLink)).toBe(true);
  expect(isLinkConditions({ duplex: 'simplex', latency: 10_000, jitter: 0.5, bandwidth: 100, seed: -1, loss: 50 })).toBe(true);
  expect(isLinkConditions({ cut: 600_000 })).toBe(true);
  expect(isLinkConditions({})).toBe(true);
});

test.each([
  [undefined],
  [null],
  ['latency'],
  [[200]],
  [{ latency: -1 }],
  [{ latency: 10_001 }],
  [{ latency: NaN }],
  [{ latency: '200' }],
  [{ latency: undefined }],
  [{ bandwidth: 99 }],
  [{ seed: 0.5 }],
  [{ loss: 51 }],
  [{ duplex: 'both' }],
  [{ toString: 1 }],
  [{ latency: 200, speed: 1 }],
])('%j is no link conditions', (value) => {
  expect(isLinkConditions(value)).toBe(false);
});
