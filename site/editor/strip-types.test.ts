import { expect, test } from 'vitest';
import { stripTypesAtBuild } from './strip-types-at-build.ts';
import { stripTypes } from './strip-types.ts';

const source = `import type { Reading } from './reading';
interface Reading {
  at: number;
}
const first: Reading = { at: 1 };
throw new Error('line ' + (first as Reading).at!);`;

test('every statement stays on its line, whichever way types are stripped', () => {
  const edited = stripTypes(source);
  for (const code of [stripTypesAtBuild(source), 'code' in edited ? edited.code : '']) {
    const lines = code.split('\n');
    expect(lines).toHaveLength(6);
    expect(lines[4]).toMatch(/^const first\s* = \{ at: 1 \};$/);
    expect(lines[5]).toMatch(/^throw new Error/);
    expect(code).not.toMatch(/interface|import|Reading/);
  }
});

test('stripping at build keeps columns too', () => {
  expect(stripTypesAtBuild('const a: number = 1;').indexOf('=')).toBe('const a: number = 1;'.indexOf('='));
});

test('dynamic import and top-level await stay as they are', () => {
  expect(stripTypes("await import('./a.js');")).toEqual({ code: "await import('./a.js');" });
});

test.each([
  ['let x = 1;\nlet y = ;', 2, 9],
  ["let y = 'abc", 1, 9],
  ['function f() {\n', 2, 1],
])('a syntax error in %j is at line %i, column %i, and has a plain message', (wrong, line, column) => {
  const result = stripTypes(wrong);
  expect(result).toMatchObject({ line, column });
  expect((result as { message: string }).message).not.toMatch(/transforming|\(\d+:\d+\)|undefined/);
});

test.each(['(', '[', '{a:', '`${', '<a'])('%j nested 20,000 deep is an error in plain words', (open) => {
  const { message } = stripTypes(open.repeat(20_000)) as { message: string };
  expect(message).not.toMatch(/stack|recursion/i);
});
