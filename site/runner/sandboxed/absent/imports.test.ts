import { expect, test, vi } from 'vitest';
import { defineLoader, readImports } from './imports.ts';

test.each<[what: string, code: string, line: number, column: number]>([
  ['a default', "\nimport WebSocket from 'ws';", 2, 23],
  ['names', 'const a = 1;\nimport {\n  b as c,\n} from "ws";', 4, 8],
  ['all', "import * as ws from 'ws'", 1, 21],
  ['an import for its effects', "import 'ws'", 1, 8],
  ['an export from elsewhere', "export { a } from 'ws'", 1, 19],
  ['an export of all', "export * from 'ws'", 1, 15],
])('finds the first import and its place: %s', (_what, code, line, column) => {
  const { unmet, code: linked } = readImports(code);
  expect(unmet?.message).toMatch(/^There is no package ws: /);
  expect(unmet?.place).toEqual({ line, column });
  expect(linked).toBe(code);
});

test.each([
  'export default from;',
  'export const from = "ws";',
  '// import "ws"',
  '`import "ws"`',
  'api.import("ws")',
  'export { a };\nconst b = Array.from("ws")',
  'import.meta.url',
])('finds none elsewhere: %s', (code) => {
  expect(readImports(code)).toEqual({ code, unmet: undefined });
});

test('puts our loader in place of import(), in the same columns, and leaves methods of that name alone', () => {
  const code = 'const a = await import("x"); const o = { import(y) { return y; } }; o.import(1); import(a)';
  const linked = readImports(code).code;
  expect(linked).toBe('const a = await __load("x"); const o = { import(y) { return y; } }; o.import(1); __load(a)');
});

test('the loader rejects what no program made itself, and tells the reader what to do instead', async () => {
  const scope: { __load?: (specifier: unknown) => Promise<unknown> } = {};
  const told = vi.fn();
  defineLoader(scope, told);
  const words = 'There is no file ./chat.js: a client is one file. Put the code of that file into it.';
  await expect(scope.__load?.('./chat.js')).rejects.toThrow(new TypeError('Cannot import ./chat.js'));
  expect(told).toHaveBeenCalledWith(words, words);
});
