import { expect, test } from 'vitest';
import { growth, linear } from '../../protocol/testing/growth-for-tests.ts';
import { highlight } from './highlight.ts';

/** Texts that may make a highlighter start over at each repetition: quotes, comments, regular expressions, types, brackets. */
const units = [
  "'/[",
  '/[',
  '/[/',
  '/(',
  '`${',
  '${`',
  '`',
  "'",
  '"\\',
  '/*',
  '/*/',
  '*/',
  '//',
  '\\',
  '<',
  '<a',
  '<a<',
  '<a ',
  'a<b>(',
  '(',
  '{',
  '}',
  '=>',
  'a',
  'é',
  '😀',
  '\ud83d',
  ' ',
  'a ',
  '\n',
  '/\n',
  '1',
  '1.',
  '.',
  '=',
  '@',
];

test.each(units)('%j repeated takes time in proportion to its length', (unit) => {
  expect(growth((size) => highlight.bind(undefined, unit.repeat(size)), 4000)).toBeLessThan(linear);
});
