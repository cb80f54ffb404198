import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sharedCode } from './share.ts';
import { hashFor } from './share-address.ts';

test('any program comes out of its address as it went in', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (code) => {
      expect(sharedCode(hashFor(code))).toEqual({ client: code, server: '' });
    }),
  );
});

test('an address uses only characters that need no escaping', () => {
  expect(hashFor('const s = "Grüße ✓ <>?~";')).toMatch(/^#code=[\w-]+$/);
});

test('an address holds the programs of both ends, and opens with both', () => {
  const hash = hashFor('new WebSocket("ws://localhost:8080")', "require('ws')");
  expect(hash).toMatch(/^#code=[\w-]+&server=[\w-]+$/);
  expect(sharedCode(hash)).toEqual({ client: 'new WebSocket("ws://localhost:8080")', server: "require('ws')" });
});

test('a hash of another kind is not a program', () => {
  expect(['', '#top', '#CODE=YQ', 'code=YQ'].map(sharedCode)).toEqual([undefined, undefined, undefined, undefined]);
});

test.each(['#code=%', '#code=_____w', '#code=YQ==YQ', '#code=A', '#code=ä', '#code=7aCA'])(
  'a program that cannot be read, as in %s, is refused in words',
  (hash) => {
    expect(() => sharedCode(hash)).toThrow(
      /^The program in this address cannot be read: .+ Part of the address may be missing\.$/,
    );
  },
);

test('a program of a megabyte survives the round trip', () => {
  const code = 'x'.repeat(1_000_000);
  expect(sharedCode(hashFor(code))?.client).toBe(code);
});

test('a program whose lines or combining marks would hold the page up for seconds is refused in words', () => {
  expect(() => sharedCode(hashFor('\n'.repeat(150_000)))).toThrow(
    'The program in this address was not opened: it has 150,001 lines, but at most 150,000 are allowed.',
  );
  expect(() => sharedCode(hashFor('\r'.repeat(150_000)))).toThrow('150,001 lines');
  expect(() => sharedCode(hashFor(`x${'\u0301'.repeat(201)}`))).toThrow(
    'The program in this address was not opened: more than 200 combining marks are on one character',
  );
  const accented = 'e\u0301\n'.repeat(149_999);
  expect(sharedCode(hashFor(accented))?.client).toBe(accented);
});
