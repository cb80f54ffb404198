import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { growth, linear } from '../../../protocol/testing/growth-for-tests.ts';
import { readUtf8, type Utf8State, utf8Start } from '../../../protocol/wire/utf8.ts';
import { textGlyphs, textOf } from './characters.ts';

/** Text cut anywhere, perhaps with a wrong byte in it, and the state of its reader at the cut. */
const cutText = fc
  .tuple(
    fc.array(fc.oneof(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 2 }), fc.constantFrom('€', '😀', 'é')), {
      maxLength: 6,
    }),
    fc.nat(12),
    fc.option(fc.tuple(fc.nat(20), fc.constantFrom(0xff, 0xc0, 0x80, 0xed, 0xf5)), { nil: undefined }),
  )
  .map(([parts, cut, wrong]) => {
    const all = new TextEncoder().encode(parts.join(''));
    const at = Math.min(cut, all.length);
    const first = readUtf8(all.subarray(0, at));
    const before: Utf8State = 'end' in first ? first.end : utf8Start;
    const bytes = all.slice(at);
    if (wrong && bytes.length > 0) bytes[wrong[0] % bytes.length] = wrong[1];
    return { bytes, before };
  });

describe('the text of a frame', () => {
  test('agrees with the glyphs of its bytes, whatever is cut or wrong', () => {
    fc.assert(
      fc.property(cutText, ({ bytes, before }) => {
        const glyphs = textGlyphs(bytes, before);
        expect(glyphs).toHaveLength(bytes.length);
        const { text, begins, ends } = textOf(bytes, before);
        const firstWrong = glyphs.findIndex(({ kind }) => kind === 'wrong');
        const characters = glyphs.filter(({ kind }) => kind === 'character' || kind === 'unprintable').length;
        expect(Array.from(text)).toHaveLength(characters + (firstWrong < 0 ? 0 : 1));
        expect(text.endsWith('�') && firstWrong >= 0).toBe(firstWrong >= 0);
        const printed = glyphs.flatMap(({ kind, text: own }) => (kind === 'character' ? [own] : []));
        for (const own of printed) expect(text).toContain(own);
        expect(begins?.seen ?? 0).toBe(before.seen);
        const cut = glyphs.length - glyphs.findLastIndex(({ kind }) => kind !== 'cut') - 1;
        if (firstWrong >= 0) expect(ends).toBeUndefined();
        else if (bytes.length > 4) expect(ends?.seen ?? 0).toBe(cut);
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ['Hello ä €', 'Hello ä €'],
    ['😀', '😀'],
    ['\ufeffbom', '\ufeffbom'],
  ])('%j is %j', (whole, text) => {
    expect(textOf(new TextEncoder().encode(whole), utf8Start)).toEqual({ text, begins: undefined, ends: undefined });
  });

  test.each([
    [[0x41, 0xe2, 0x82, 0x41], 'A�'],
    [[0x41, 0xff], 'A�'],
    [[0xe2, 0x82, 0xac, 0xff], '€�'],
    [[0xf0, 0x9f, 0x98, 0x80, 0xc3, 0x28], '😀�'],
    [[0xc3, 0xa9, 0xc3, 0xc3], 'é�'],
  ])('%j is not UTF-8 and reads as %j', (bytes, text) => {
    expect(textOf(Uint8Array.from(bytes), utf8Start).text).toBe(text);
  });

  test('is read in time proportional to its length', () => {
    for (const word of ['Hello', 'ä', '😀', '\u0000']) {
      expect(growth((size) => textOf.bind(undefined, new TextEncoder().encode(word.repeat(size)), utf8Start), 5000)).toBeLessThan(
        linear,
      );
    }
  });
});
