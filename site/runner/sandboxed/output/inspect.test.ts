import { describe, expect, test } from 'vitest';
import { formatArguments, inspect } from './inspect.ts';

class Station {
  name = 'A';
}

describe('inspect', () => {
  const circular: Record<string, unknown> = { a: 1 };
  circular['self'] = circular;
  test.each<[unknown, string]>([
    ['text as it is', 'text as it is'],
    [{ a: 1, b: ['x', null, undefined] }, "{ a: 1, b: [ 'x', null, undefined ] }"],
    [[], '[]'],
    [{}, '{}'],
    [-0, '-0'],
    [10n, '10n'],
    [Symbol('s'), 'Symbol(s)'],
    [Station, '[class Station]'],
    [function send() {}, '[Function send]'],
    [new Station(), "Station { name: 'A' }"],
    [Object.create(null), '[Object: null prototype] {}'],
    [new Map([['a', { b: 1 }]]), "Map(1) { 'a' => { b: 1 } }"],
    [new Set([1, 2]), 'Set(2) { 1, 2 }'],
    [new Uint8Array([1, 2]), 'Uint8Array(2) [ 1, 2 ]'],
    [new Uint8Array([1, 255]).buffer, 'ArrayBuffer { 01 ff, byteLength: 2 }'],
    [new TypeError('no'), 'TypeError: no'],
    [new Date(0), '1970-01-01T00:00:00.000Z'],
    [new Date(NaN), 'Invalid Date'],
    [/a+/g, '/a+/g'],
    [circular, '{ a: 1, self: [circular] }'],
    [{ 'a-b': "it's\n" }, "{ 'a-b': 'it\\'s\\n' }"],
    [{ a: { b: { c: { d: 1 } } } }, '{ a: { b: { c: [Object] } } }'],
    [new MessageEvent('message', { data: 'hi' }), "MessageEvent { type: 'message', data: 'hi' }"],
  ])('shows %o as %s', (value, text) => {
    expect(inspect(value)).toBe(text);
  });

  test('never calls a getter of the reader', () => {
    const value = {
      get boom(): never {
        throw new Error('called');
      },
    };
    expect(inspect(value)).toBe('{ boom: [Getter] }');
  });

  test('survives a value that throws when it is read', () => {
    const value = new Proxy({}, { ownKeys: () => { throw new Error('no'); } }); // prettier-ignore
    expect(inspect(value)).toBe('[cannot be shown: reading it throws]');
  });

  test('bounds long text, long lists, and both nested', () => {
    expect(inspect('x'.repeat(5000))).toBe(`${'x'.repeat(4000)}… (1000 more characters)`);
    expect(inspect(Array.from({ length: 60 }, () => 0))).toMatch(/, … 10 more \]$/);
    const row = Array.from({ length: 1000 }, () => 'y'.repeat(1000));
    const wide = Array.from({ length: 1000 }, () => row);
    expect(inspect(wide).length).toBeLessThan(4100);
  });
});

describe('formatArguments', () => {
  test('fills in the marks of the console standard and appends what is left', () => {
    expect(formatArguments(['%s has %d of %i, %o %%', 'A', '3', 2.9, { a: 1 }, 'rest'])).toBe('A has 3 of 2, { a: 1 } % rest');
  });
  test('leaves marks alone when there is no argument for them', () => {
    expect(formatArguments(['100%s'])).toBe('100%s');
    expect(formatArguments(['%s %s', 'a'])).toBe('a %s');
  });
  test('drops styles', () => {
    expect(formatArguments(['%cred', 'color: red'])).toBe('red');
  });
});
