import { expect, test } from 'vitest';
import { importWords } from './import-words.ts';

test.each([
  ['ws', 'There is no package ws: a client here has what a browser has. WebSocket is there without an import'],
  ['lodash', 'Put the code that you need into the program.'],
  ['constructor', 'There is no package constructor: a client here has what a browser has. Put the code'],
  ['./x.js', 'There is no file ./x.js: a client is one file.'],
  ['/x.js', 'There is no file /x.js'],
  ['https://esm.sh/ws', 'https://esm.sh/ws cannot be loaded: a program here reaches nothing but the sandbox.'],
  ['node:fs', 'node:fs belongs to Node'],
  ['fs/promises', 'fs/promises belongs to Node'],
  ['http', 'http belongs to Node'],
])('says of %s what to do instead', (specifier, words) => {
  expect(importWords(specifier)).toContain(words);
});

test('a long specifier is cut', () => {
  expect(importWords(`data:text/javascript,${'x'.repeat(5000)}`).length).toBeLessThan(300);
});
