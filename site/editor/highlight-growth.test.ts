import { expect, test } from 'vitest';
import { growth, linear } from '../../protocol/testing/growth-for-tests.ts';
import { highlight } from './highlight.ts';

/** What a highlighter may begin again with each repetition: quotes, comments, regular expressions, types, brackets. */
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

test.each(units)('%j over and over takes as many times longer as there is more of it', (unit) => {
  expect(growth((size) => highlight.bind(undefined, unit.repeat(size)), 4000)).toBeLessThan(linear);
});
