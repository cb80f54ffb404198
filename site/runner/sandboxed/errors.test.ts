import { expect, test } from 'vitest';
import { errorTold, placeOf, programError } from './errors.ts';

const url = 'blob:null/1b2c';
const withStack = (stack: string): Error => Object.assign(new TypeError('boom'), { stack });

test("the place is the first in the stack that is in the reader's file", () => {
  const stack = `TypeError: boom\n    at send (blob:null/other:1:900)\n    at run (${url}:7:3)\n    at ${url}:9:1`;
  expect(placeOf(withStack(stack), url)).toEqual({ line: 7, column: 3 });
});

test("reads Firefox's stacks and its places of syntax errors too", () => {
  expect(placeOf(withStack(`run@${url}:2:5\n@${url}:4:1\n`), url)).toEqual({ line: 2, column: 5 });
  const syntax = Object.assign(new SyntaxError('bad'), { stack: '', fileName: url, lineNumber: 3, columnNumber: 8 });
  expect(placeOf(syntax, url)).toEqual({ line: 3, column: 8 });
});

test('a stack that names only other files gives no place', () => {
  expect(placeOf(withStack('TypeError: boom\n at blob:null/other:1:9'), url)).toEqual({});
});

test('anything can be thrown', () => {
  expect(programError('thrown', 'text', url, { line: 1, column: 2 })).toMatchObject({
    name: 'Uncaught',
    message: 'text',
    line: 1,
  });
  expect(programError('rejected', undefined, url)).toMatchObject({ kind: 'rejected', message: 'undefined' });
});

test('splits an error text from another Worker into name and message, whatever the browser puts before them', () => {
  expect(errorTold('Uncaught TypeError: boom: twice')).toEqual({ name: 'TypeError', message: 'boom: twice' });
  expect(errorTold('NotAllowedError: no')).toEqual({ name: 'NotAllowedError', message: 'no' });
  expect(errorTold('Script error.')).toBe('Script error.');
});
