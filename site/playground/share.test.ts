import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hashFor, sharedCode } from './share.ts';

test('any program comes out of its address as it went in', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (code) => {
      expect(sharedCode(hashFor(code))).toBe(code);
    }),
  );
});

test('an address uses only characters that need no escaping', () => {
  expect(hashFor('const s = "Grüße ✓ <>?~";')).toMatch(/^#code=[\w-]+$/);
});

test('a hash that is not a program is none', () => {
  expect(['', '#top', '#code=%', '#code=_____w'].map(sharedCode)).toEqual([undefined, undefined, undefined, undefined]);
});
