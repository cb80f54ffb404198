import { expect, it } from 'vitest';
import { linesNotIn } from './line-differences.ts';

const lines = (...text: string[]): string => text.join('\n');

it('finds the lines that were changed and those that were put in, and no others', () => {
  expect([...linesNotIn(lines('a', 'b', 'c'), lines('a', 'x', 'c', 'd'))]).toEqual([2, 4]);
});

it('finds nothing in a text that is the same but for space at the ends of lines, or that only lacks lines', () => {
  expect([...linesNotIn(lines('a ', 'b', ''), lines('a', 'b', ''))]).toEqual([]);
  expect([...linesNotIn(lines('a', 'b', 'c'), lines('a', 'c'))]).toEqual([]);
});

it('keeps the order of lines in mind: one that was moved counts', () => {
  expect(linesNotIn(lines('a', 'b'), lines('b', 'a')).size).toBe(1);
});

it('takes every line for new beside an empty text', () => {
  expect([...linesNotIn('', lines('a', 'b'))]).toEqual([1, 2]);
});
