import { expect, test } from 'vitest';
import { bandsOf } from '../conversation/lane-pairs.ts';
import { captionsOf } from './captions.ts';
import { connection, conversationOf } from '../testing/flights-for-tests.ts';

/** What connections of one client to these addresses are called. */
const captions = (...urls: string[]): string[] => {
  const { connections } = conversationOf([], urls.map((url, i) => connection(`A${i + 1}`, url)), []); // prettier-ignore
  return captionsOf(bandsOf(connections).flatMap(({ pairs }) => pairs));
};

test('what sets two addresses apart is said in words where there are any, and else as it stands there', () => {
  expect(captions('/echo?bandwidth=64000', '/echo?bandwidth=8000')).toEqual(['64 kbit/s', '8 kbit/s']);
  expect(captions('/echo?bandwidth=0', '/echo?bandwidth=abc')).toEqual(['bandwidth=0', 'bandwidth=abc']);
  expect(captions('/echo?self=0', '/echo?self=1')).toEqual(['does not hear itself', 'hears itself']);
});

test('a parameter that is named like something every object has is a parameter like any other', () => {
  expect(captions('/echo?toString=x', '/echo?__proto__=1')).toEqual(['toString=x', '__proto__=1']);
});
