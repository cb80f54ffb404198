import { describe, expect, test } from 'vitest';
import { attribute, bareList, holderOf, method, only, OwnMap, OwnWeakMap, seenThrough } from './natives.ts';

type Replacement = [object: object, name: PropertyKey, descriptor: PropertyDescriptor];

/** Calls `act` while these properties are replaced, as a program may replace them. */
function whileReplaced<Result>(replacements: readonly Replacement[], act: () => Result): Result {
  const before = replacements.map(([object, name]) => Object.getOwnPropertyDescriptor(object, name));
  const { defineProperty, deleteProperty } = Reflect;
  for (const [object, name, descriptor] of replacements) defineProperty(object, name, { configurable: true, ...descriptor });
  try {
    return act();
  } finally {
    for (let i = 0; i < replacements.length; i++) {
      const { 0: object, 1: name } = replacements[i] as Replacement;
      const was = before[i];
      if (was) defineProperty(object, name, was);
      else deleteProperty(object, name);
    }
  }
}

const stolen = (): never => {
  throw new Error('called what the program put there');
};
const value = { value: stolen };
const accessor = { get: stolen, set: stolen };

describe('natives taken before a program runs do not call what the program puts in their place', () => {
  test('methods and attributes', () => {
    const slice = method(String.prototype.slice);
    const pathname = attribute(URL.prototype, 'pathname');
    const url = new URL('http://localhost/x');
    const replaced: Replacement[] = [
      [String.prototype, 'slice', value],
      [URL.prototype, 'pathname', { get: stolen }],
      [Function.prototype, 'call', value],
    ];
    const seen = whileReplaced(replaced, () => ({ sliced: slice('abc', 1), path: pathname(url) }));
    expect(seen).toEqual({ sliced: 'bc', path: '/x' });
  });

  test('maps', () => {
    const map = new OwnMap<string, number>();
    const weak = new OwnWeakMap<object, number>();
    const key = {};
    const replaced: Replacement[] = [
      [Map.prototype, 'get', value],
      [Map.prototype, 'set', value],
      [Map.prototype, 'delete', value],
      [WeakMap.prototype, 'get', value],
      [WeakMap.prototype, 'set', value],
    ];
    const seen = whileReplaced(replaced, () => {
      map.set('a', 1);
      map.set('b', 2);
      map.delete('b');
      weak.set(key, 3);
      return { a: map.get('a'), b: map.get('b'), weak: weak.get(key) };
    });
    expect(seen).toEqual({ a: 1, b: undefined, weak: 3 });
  });

  test('lists: no accessor of the prototype sees what is put in', () => {
    const list = bareList<string>();
    whileReplaced([[Array.prototype, '0', accessor]], () => (list[list.length] = 'x'));
    expect([list.length, list[0], Array.isArray(list)]).toEqual([1, 'x', true]);
  });

  test('iterables: no iterator of an array is called', () => {
    const item = {};
    const iterable = only(item);
    const seen = whileReplaced([[Array.prototype, Symbol.iterator, value]], () => new Set(iterable));
    expect([seen.size, seen.has(item)]).toEqual([1, true]);
  });

  test('Proxies: a trap on the prototype of all objects is not handed what is behind them', () => {
    const proxy = seenThrough({ own: 1 }, {});
    expect(whileReplaced([[Object.prototype, 'get', value]], () => proxy.own)).toBe(1);
    const usual = new Proxy({ own: 1 }, {});
    expect(() => whileReplaced([[Object.prototype, 'get', value]], () => usual.own)).toThrow('what the program put there');
  });
});

test('finds the object in which a property can be replaced', () => {
  const below = Object.create({ inherited: 1 }) as object;
  expect(holderOf(below, 'inherited')).toBe(Object.getPrototypeOf(below));
  expect(holderOf(below, 'nowhere')).toBe(below);
});

test('names an attribute that the browser lacks', () => {
  expect(() => attribute(URL.prototype, 'noSuch' as 'href')).toThrow('Cannot take the attribute noSuch');
});
