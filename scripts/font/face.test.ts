import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { convert } from 'fontverter';
import { expect, test } from 'vitest';
import { characters, faceFile, subsetFace, weights } from './face.ts';
import { root } from '../root.ts';
import { axesOf, tablesOf, variationFaults } from './variations-for-tests.ts';

const file = readFileSync(faceFile);
const tables = tablesOf(await convert(file, 'sfnt'));

test("the variation tables pass the browsers' font sanitizer, which otherwise drops all weights but one", () => {
  expect(variationFaults(tables)).toEqual([]);
});

test('the rules catch a coordinate beyond 1, which fontTools once wrote', () => {
  const gvar = tables.get('gvar') as DataView;
  const spoiled = new DataView(gvar.buffer.slice(gvar.byteOffset, gvar.byteOffset + gvar.byteLength));
  spoiled.setInt16(spoiled.getUint32(8), Math.round(1.11456 * 16_384));
  expect(variationFaults(new Map([...tables, ['gvar', spoiled]]))).toContainEqual(
    expect.stringMatching(/^gvar.*: coordinate not in the range -1 to 1: 1\.11/),
  );
});

test('reports a variation table that the font has lost', () => {
  expect(variationFaults(new Map([...tables].filter(([tag]) => tag !== 'gvar')))).toEqual(['no table gvar']);
});

test('has the weights that the style sheet names', () => {
  const sheet = readFileSync(join(root, 'site', 'styles', 'fonts.css'), 'utf8');
  const axis = { tag: 'wght', ...weights, default: weights.min };
  expect(axesOf(tables.get('fvar') as DataView)).toEqual([axis]);
  expect(/font-weight: (\d+) (\d+)/.exec(sheet)?.slice(1).map(Number)).toEqual([weights.min, weights.max]);
});

test('the file is what the script cuts from the published face, and at most 16.5 KB', async () => {
  expect(Buffer.compare(await subsetFace(), file)).toBe(0);
  expect(new Set(characters).size).toBe(119);
  expect(file.length).toBeLessThanOrEqual(16_500);
});
