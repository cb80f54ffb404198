import { expect, test } from 'vitest';
import { parseExtensions } from './extension-list.ts';

test.each([
  ['a', [['a']]],
  ['a, b;x', [['a'], ['b', ['x', true]]]],
  [
    'a ; x = 1\t;y="2" ,a;x="\\3"',
    [
      ['a', ['x', '1'], ['y', '2']],
      ['a', ['x', '3']],
    ],
  ],
  ['a;x;x', [['a', ['x', true], ['x', true]]]],
  [' , a,, b , ', [['a'], ['b']]],
])('reads %s by the grammar of RFC 6455 §9.1, without empty elements of the list', (value, expected) => {
  expect(parseExtensions(value)?.map(({ name, parameters }) => [name, ...parameters])).toEqual(expected);
});

test.each([
  '',
  ' ',
  ',',
  ';',
  'a;',
  'a;=1',
  'a;x=',
  'a;x=1 2',
  'a b',
  'a;x="1',
  'a;x="1 2"',
  'a;x=""',
  'a;x="1"2',
  'a="1"',
  'ä',
  'a;x=1=2',
])('"%s" breaks the grammar', (value) => {
  expect(parseExtensions(value)).toBeUndefined();
});

test('reads as many characters as Node allows in a head, whatever they are, in linear time', () => {
  for (const piece of [' ', ';', '; x', ';x="\\', ',', ' ,', 'a', '\t;a =']) {
    // A reader that begins again at each character would take minutes.
    const value = `a${piece.repeat(200_000 / piece.length)}`;
    expect(() => parseExtensions(value)).not.toThrow();
  }
});
