import { expect, test } from 'vitest';
import { bandsOf } from '../conversation/lane-pairs.ts';
import { captionsOf } from './captions.ts';
import { connection, conversationOf } from '../testing/flights-for-tests.ts';

/** Returns the captions of one client's connections to these addresses. */
const captions = (...urls: string[]): string[] => {
  const { connections } = conversationOf([], urls.map((url, i) => connection(`A${i + 1}`, url)), []); // prettier-ignore
  return captionsOf(bandsOf(connections).flatMap(({ pairs }) => pairs));
};

test('says what sets two addresses apart in words when there are any, and otherwise as it is written', () => {
  expect(captions('/echo?bandwidth=64000', '/echo?bandwidth=8000')).toEqual(['64 kbit/s', '8 kbit/s']);
  expect(captions('/echo?bandwidth=0', '/echo?bandwidth=abc')).toEqual(['bandwidth=0', 'bandwidth=abc']);
  expect(captions('/echo?self=0', '/echo?self=1')).toEqual(['does not hear itself', 'hears itself']);
});

test('treats a parameter named like something every object has as any other', () => {
  expect(captions('/echo?toString=x', '/echo?__proto__=1')).toEqual(['toString=x', '__proto__=1']);
});
