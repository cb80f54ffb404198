import { expect, test } from 'vitest';
import { alignClocks } from './clock-alignment.ts';

test('the quickest of several exchanges decides, and half its round trip is the uncertainty', () => {
  const exchanges = [
    { sentAt: 0, serverTime: 1080, receivedAt: 100 },
    { sentAt: 100, serverTime: 1103, receivedAt: 104 },
    { sentAt: 200, serverTime: 1202, receivedAt: 250 },
  ];
  expect(alignClocks(exchanges)).toEqual({ offsetMs: 1001, uncertaintyMs: 2 });
});

test('the true offset is never farther away than the uncertainty, however the round trip is split', () => {
  for (const split of [0, 0.25, 0.5, 1]) {
    const { offsetMs, uncertaintyMs } = alignClocks([{ sentAt: 10, serverTime: 10 + 40 * split + 500, receivedAt: 50 }]);
    expect(Math.abs(offsetMs - 500)).toBeLessThanOrEqual(uncertaintyMs);
  }
});

test('without an exchange there is no alignment', () => {
  expect(() => alignClocks([])).toThrow('Cannot align clocks');
});
