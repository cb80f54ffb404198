import { expect, it } from 'vitest';
import { growth, linear } from '../../../protocol/testing/growth-for-tests.ts';
import { linesNotIn } from './line-differences.ts';

const lines = (...text: string[]): string => text.join('\n');

it('finds the lines that were changed or added, and no others', () => {
  expect([...linesNotIn(lines('a', 'b', 'c'), lines('a', 'x', 'c', 'd'))]).toEqual([2, 4]);
});

it('finds nothing when only space at the ends of lines differs, or when lines are only missing', () => {
  expect([...linesNotIn(lines('a ', 'b', ''), lines('a', 'b', ''))]).toEqual([]);
  expect([...linesNotIn(lines('a', 'b', 'c'), lines('a', 'c'))]).toEqual([]);
});

it('minds the order of lines: a moved line counts', () => {
  expect(linesNotIn(lines('a', 'b'), lines('b', 'a')).size).toBe(1);
});

it('takes every line as new compared with an empty text', () => {
  expect([...linesNotIn('', lines('a', 'b'))]).toEqual([1, 2]);
});

it('compares a paste of any length in time proportional to its length', () => {
  const solution = Array.from({ length: 60 }, (_, i) => `line ${i}`).join('\n');
  const pasted = (size: number) => linesNotIn.bind(undefined, 'x\ny\n'.repeat(size), solution);
  expect(growth(pasted, 4000)).toBeLessThan(linear);
  const both = (size: number) => linesNotIn.bind(undefined, 'x\ny\n'.repeat(size), 'y\nz\n'.repeat(size));
  expect(growth(both, 4000)).toBeLessThan(linear);
  expect([...linesNotIn('x\ny\n'.repeat(1000), `first\n${'y\nz\n'.repeat(1000)}`)].slice(0, 4)).toEqual([1, 3, 5, 7]);
});
