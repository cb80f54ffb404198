import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readUtf8, utf8Start } from './utf8.ts';

const isValid = (bytes: Uint8Array): boolean => {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
};
const takes = (bytes: Uint8Array): boolean => {
  const read = readUtf8(bytes);
  return 'end' in read && read.end.length === 0;
};

test('accepts exactly the bytes that TextDecoder accepts', () => {
  const near = fc.constantFrom(0x41, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc2, 0xe0, 0xe1, 0xed, 0xef, 0xf0, 0xf4, 0xf5);
  const some = fc.oneof(
    fc.uint8Array({ maxLength: 12 }),
    fc.array(near, { maxLength: 6 }).map((list) => Uint8Array.from(list)),
    fc.string({ unit: 'binary' }).map((text) => new TextEncoder().encode(text)),
  );
  fc.assert(
    fc.property(some, (bytes) => takes(bytes) === isValid(bytes)),
    { numRuns: 2000 },
  );
});

test('agrees with TextDecoder on every second byte after every first byte', () => {
  for (let first = 0; first < 256; first++) {
    for (let second = 0; second < 256; second++) {
      const bytes = Uint8Array.of(first, second, 0x80, 0x80).subarray(0, first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4);
      if (takes(bytes) !== isValid(bytes)) expect.fail(`${first.toString(16)} ${second.toString(16)}`);
    }
  }
});

test('reads on from the cut when text is cut inside a character', () => {
  const euro = new TextEncoder().encode('€');
  const cut = readUtf8(euro.subarray(0, 2));
  expect(cut).toMatchObject({ end: { seen: 2, length: 3 } });
  expect(readUtf8(euro.subarray(2), 'end' in cut ? cut.end : utf8Start)).toEqual({ end: utf8Start });
});

test('names the first byte that cannot stand where it does', () => {
  expect(readUtf8(Uint8Array.of(0x41, 0xed, 0xa0, 0x80))).toEqual({ invalidAt: 2 });
});
