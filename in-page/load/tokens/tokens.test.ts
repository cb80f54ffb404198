import fc from 'fast-check';
import { expect, test } from 'vitest';
import { codeTokensOf, literalText, tokensOf } from './tokens.ts';

const shown = (code: string): string[] => tokensOf(code).map(({ kind, text }) => `${kind} ${text}`);

test('comments, strings, templates and regular expressions are told from code', () => {
  expect(shown('a("b//c" /* d */, `e${f}g`, /[/"]h/u) // i')).toEqual([
    'word a',
    'sign (',
    'string "b//c"',
    'comment /* d */',
    'sign ,',
    'template `e${',
    'word f',
    'template }g`',
    'sign ,',
    'regex /[/"]h/u',
    'sign )',
    'comment // i',
  ]);
});

test('braces inside the substitution of a template do not end it, and templates nest', () => {
  expect(shown('`${ { a: `${b}` } }`;')).toEqual([
    'template `${',
    'sign {',
    'word a',
    'sign :',
    'template `${',
    'word b',
    'template }`',
    'sign }',
    'template }`',
    'sign ;',
  ]);
});

test.each([
  ['a / b / c', 0],
  ['(a) / b / c', 0],
  ['a++ / b / c', 0],
  ['x.in / b / c', 0],
  ['({}) / b / c', 0],
  ['a = /b/', 1],
  ['return /b/', 1],
  ['if (a) /b/.test(c)', 1],
  ['{ }\n/b/.test(c)', 1],
  ['f(/[/]/, /\\//)', 2],
])('in %j a slash begins a regular expression %i times', (code, times) => {
  expect(tokensOf(code).filter(({ kind }) => kind === 'regex')).toHaveLength(times);
});

test('a string that is not closed ends with its line, as in text that is no program', () => {
  expect(shown("it's\nnew")).toEqual(['word it', "string 's", 'word new']);
});

test('the first token of a line is known as such, also behind a comment', () => {
  const lines = codeTokensOf('a b\nc /* d\n */ e /* f */ g').map(({ text, startsLine }) => (startsLine ? `|${text}` : text));
  expect(lines).toEqual(['|a', 'b', '|c', '|e', 'g']);
});

test('the text of a literal is what its quotes enclose, and a template with substitutions has none', () => {
  expect(codeTokensOf('"a" `b` `${c}` "d').map(literalText)).toEqual(['a', 'b', undefined, undefined, undefined, undefined]);
});

test('whatever the text, tokens follow each other and leave out nothing but space', () => {
  const piece = fc.constantFrom('a', ' ', '\n', "'", '"', '`', '${', '}', '{', '/', '*', '\\', '(', ')', '<', '#!', '😀', '\r\n');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const code = pieces.join('');
      let at = 0;
      for (const { start, end, text } of tokensOf(code)) {
        expect(code.slice(at, start).trim()).toBe('');
        expect(end).toBeGreaterThan(start);
        expect(text).toBe(code.slice(start, end));
        at = end;
      }
      expect(code.slice(at).trim()).toBe('');
    }),
  );
});

test('where a regular expression finds no end, none is looked for again on its line: that would take quadratic time', () => {
  expect(tokensOf('= /[ = /b/\n= /c/').filter(({ kind }) => kind === 'regex')).toMatchObject([{ text: '/c/' }]);
});
