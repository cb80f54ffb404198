import { Script } from 'node:vm';
import { expect, test } from 'vitest';
import { wrapCommonJs } from './wrap-common-js.ts';

type Wrapped = (...values: unknown[]) => unknown;
const wrapped = (code: string): string => {
  const { before, after } = wrapCommonJs(code);
  return before + code + after;
};
const evaluated = (code: string): Wrapped => new Script(wrapped(code)).runInThisContext() as Wrapped;

test('the code sees the five names, and may return', () => {
  const code = 'return [exports, require, module, __filename, __dirname]';
  expect(evaluated(code)(1, 2, 3, 4, 5)).toEqual([1, 2, 3, 4, 5]);
});

test('the code may begin with a shebang or a directive and end in a comment', () => {
  const run = evaluated("#!/usr/bin/env node\n'use strict'; exports.it = 1; // end");
  const exports = {};
  run(exports);
  expect(exports).toEqual({ it: 1 });
  expect(evaluated("'use strict'; return (function () { return this; })()")()).toBeUndefined();
});

test('every line keeps its number, and the first line moves by the shift', () => {
  const placeOf = (code: string): [number, number] => {
    try {
      void new Script(wrapped(code), { filename: 'reader.js' }).runInThisContext()();
    } catch (error) {
      const [, line, column] = /reader\.js:(\d+):(\d+)/.exec((error as Error).stack ?? '') ?? [];
      return [Number(line), Number(column)];
    }
    throw new Error('The code threw nothing.');
  };
  const first = 'let a; throw new Error()';
  expect(placeOf(first)).toEqual([1, 14 + wrapCommonJs(first).firstLineShift]);
  expect(placeOf('\n\n  throw new Error()')).toEqual([3, 9]);
  expect(placeOf('#!/usr/bin/env node\n  throw new Error()')).toEqual([2, 9]);
});
