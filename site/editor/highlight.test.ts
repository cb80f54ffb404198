import fc from 'fast-check';
import { expect, test } from 'vitest';
import { highlight } from './highlight.ts';

const joined = (code: string): string =>
  highlight(code)
    .map((tokens) => tokens.map(([text]) => text).join(''))
    .join('\n');

test('the lines joined are the code again, whatever the code is: the caret lies over the right character', () => {
  const part = fc.constantFrom(
    'const ',
    '`',
    "'",
    '"',
    '/',
    '/*',
    '*/',
    '//',
    '\n',
    '${',
    '}',
    '\\',
    '<',
    '>',
    'a',
    '😀',
    '\t',
    '\r',
    '@',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(part).map((parts) => parts.join('')),
      ),
      (code) => {
        expect(joined(code)).toBe(code);
      },
    ),
    { numRuns: 500 },
  );
});

test('keywords, names of types, strings and comments have colours, and what looks alike is one token', () => {
  expect(highlight("const ws: WebSocket = f('/echo'); // open")).toEqual([
    [
      ['const ', 'keyword'],
      ['ws: ', undefined],
      ['WebSocket ', 'name'],
      ['= f(', undefined],
      ["'/echo'", 'string'],
      ['); ', undefined],
      ['// open', 'comment'],
    ],
  ]);
});

test('a text that ends with a line break has an empty last line, as an editor shows it', () => {
  expect(highlight('a\n')).toHaveLength(2);
  expect(highlight('')).toEqual([[]]);
});
