import fc from 'fast-check';
import { expect, test } from 'vitest';
import { highlight } from './highlight.ts';

const joined = (code: string): string =>
  highlight(code)
    .map((tokens) => tokens.map(([text]) => text).join(''))
    .join('\n');

test('the joined lines are the code again, for any code, so the caret lies over the right character', () => {
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

test('colours keywords, type names, strings and comments, and joins what looks alike into one token', () => {
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

/** Returns each token that has a colour, with its colour. */
const coloured = (code: string): string[] =>
  highlight(code).flatMap((tokens) => tokens.flatMap(([text, colour]) => (colour ? [`${colour}: ${text}`] : [])));

test.each([
  ['x = a / b / c', []],
  ['x = /a/g.test(b)', ['string: /a/g']],
  ['return /[/]/', ['keyword: return ', 'string: /[/]/']],
  ['f(/a/) / 2', ['string: /a/', 'name: 2']],
  ['this / 2 / 3', ['keyword: this ', 'name: 2 ', 'name: 3']],
  ["'/[' + '/['", ["string: '/[' ", "string: '/['"]],
  ["'no end\nlet a", ["string: 'no end", 'keyword: let ']],
  ["'an \\' end'", ["string: 'an \\' end'"]],
  ['`a ${b + `c ${d} e`} f`', ['string: `a ', 'string: `c ', 'string:  e`', 'string:  f`']],
  ['`${ {a: {}} }`', ['string: `', 'string: `']],
  ['/* a\nb */ c', ['comment: /* a', 'comment: b */ ']],
  ['a.default.B', ['name: B']],
  ['const größe = 1_000', ['keyword: const ', 'name: 1_000']],
])('%j is coloured as a reader of TypeScript reads it', (code, expected) => {
  expect(coloured(code)).toEqual(expected);
});
