import { expect, test } from 'vitest';
import { closeCodeMeaning } from './close-code.ts';

test('1005, 1006 and 1015 are never on the wire (RFC 6455 §7.4.1)', () => {
  expect([1005, 1006, 1015].map((code) => closeCodeMeaning(code).onWire)).toEqual([false, false, false]);
  expect([1000, 1001, 1012, 4001].map((code) => closeCodeMeaning(code).onWire)).toEqual([true, true, true, true]);
});

test('a script may close only with 1000 and 3000 to 4999 (WHATWG WebSockets)', () => {
  const allowed = [999, 1000, 1001, 1011, 2999, 3000, 4999, 5000].filter((code) => closeCodeMeaning(code).script);
  expect(allowed).toEqual([1000, 3000, 4999]);
});

test('every code has a name, even one that nobody registered', () => {
  expect(closeCodeMeaning(1009).name).toBe('message too big');
  expect(closeCodeMeaning(4001).name).toBe('private use');
  expect(closeCodeMeaning(3001).name).toBe('registered use');
  expect(closeCodeMeaning(2000).name).toBe('reserved');
});

test('says who may send a code: either end, a client or a server alone, or nobody', () => {
  const senders = (codes: number[]): string[] => codes.map((code) => closeCodeMeaning(code).senders);
  // An erratum allows 1011 from either end; RFC 6455 §7.4.1 speaks of a server alone.
  expect(senders([1000, 1001, 1003, 1007, 1009, 1011, 3000, 4999])).toEqual(Array(8).fill('either end'));
  expect(senders([1010])).toEqual(['a client']);
  expect(senders([1012, 1013, 1014])).toEqual(Array(3).fill('a server'));
  expect(senders([0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, NaN])).toEqual(Array(10).fill('nobody'));
});
