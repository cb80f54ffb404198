import { expect, test } from 'vitest';
import { formatArguments } from './format.ts';

test('fills in the marks of the console standard and appends what is left', () => {
  expect(formatArguments(['%s has %d of %i, %o %%', 'A', '3', 2.9, { a: 1 }, 'rest'])).toBe('A has 3 of 2, { a: 1 } % rest');
});

test.each<[mark: string, value: unknown, text: string]>([
  ['%s', 'x', 'x'],
  ['%s', Symbol('s'), 'Symbol(s)'],
  ['%s', 10n, '10'],
  ['%s', undefined, 'undefined'],
  ['%s', { toString: () => 'own' }, 'own'],
  ['%s', Object.create(null), '[Object: null prototype] {}'],
  ['%d', '42.9px', '42'],
  ['%d', 10n, '10'],
  ['%i', -1.5, '-1'],
  ['%i', Symbol('s'), 'NaN'],
  ['%f', '1.50', '1.5'],
  ['%f', Object.create(null), 'NaN'],
  ['%o', 'x', "'x'"],
  ['%O', { a: ['b'] }, "{ a: [ 'b' ] }"],
  ['%c', 'color: red', ''],
  ['%j', { a: 1 }, '%j { a: 1 }'],
])('%s takes a value as the standard says, or shows it: %o', (mark, value, text) => {
  expect(formatArguments([mark, value])).toBe(text);
});

test('leaves marks alone when there is no argument for them', () => {
  expect(formatArguments(['100%s'])).toBe('100%s');
  expect(formatArguments(['100%%'])).toBe('100%%');
  expect(formatArguments(['%s %s', 'a'])).toBe('a %s');
});

test('takes marks in the first argument alone, and only if that is a text', () => {
  expect(formatArguments(['a', '%s', 'b'])).toBe('a %s b');
  expect(formatArguments([1, '%s', 'b'])).toBe('1 %s b');
  expect(formatArguments(['%s', '%s', 'b'])).toBe('%s b');
});

test('drops styles', () => {
  expect(formatArguments(['%cred%c %s', 'color: red', '', 'plain'])).toBe('red plain');
});
