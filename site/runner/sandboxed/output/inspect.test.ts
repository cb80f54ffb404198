import { describe, expect, test } from 'vitest';
import { inspect } from './inspect.ts';

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
    [{ a: { b: { c: [] } } }, '{ a: { b: { c: [] } } }'],
    [Symbol.iterator, 'Symbol(Symbol.iterator)'],
    [{ [Symbol('key')]: 1 }, '{ [Symbol(key)]: 1 }'],
    [(() => class { a = 1; })(), '[class (anonymous)]'], // prettier-ignore
    [class Bus extends Station {}, '[class Bus extends Station]'],
    [async () => {}, '[AsyncFunction (anonymous)]'],
    [Object.assign(function send() {}, { limit: 3 }), '[Function send] { limit: 3 }'],
    [Object.create(Station.prototype), 'Station {}'],
    [Object.assign(Object.create(null), { a: 1 }), '[Object: null prototype] { a: 1 }'],
    [{ [Symbol.toStringTag]: 'Tagged' }, "Object [Tagged] { [Symbol(Symbol.toStringTag)]: 'Tagged' }"],
    [[1, , , 2, ,], '[ 1, empty × 2, 2, empty × 1 ]'],
    [/(b)/.exec('abc'), "[ 'b', 'b', index: 1, input: 'abc', groups: undefined ]"],
    [new Map([[{ a: 1 }, new Set(['x'])]]), "Map(1) { { a: 1 } => Set(1) { 'x' } }"],
    [new WeakMap(), 'WeakMap { <items unknown> }'],
    [new WeakSet(), 'WeakSet { <items unknown> }'],
    [Promise.resolve(1), 'Promise {}'],
    [new Float64Array([0.5, -0]), 'Float64Array(2) [ 0.5, -0 ]'],
    [new BigInt64Array([1n]), 'BigInt64Array(1) [ 1n ]'],
    [new DataView(new ArrayBuffer(4), 1), 'DataView { byteLength: 3, byteOffset: 1 }'],
    [new ArrayBuffer(0), 'ArrayBuffer { byteLength: 0 }'],
    [new Number(-0), '[Number: -0]'],
    [new String('x'), "[String: 'x']"],
    [new Error('no', { cause: new TypeError('why') }), 'Error: no (cause: TypeError: why)'],
    [Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }), "Error: refused { code: 'ECONNREFUSED' }"],
    [new AggregateError([new Error('a'), new Error('b')], 'all'), 'AggregateError: all { errors: [ Error: a, Error: b ] }'],
    [new DOMException('no', 'AbortError'), 'AbortError: no'],
    [new Headers({ 'X-A': '1', b: '2' }), "Headers { 'b': '2', 'x-a': '1' }"],
    [new URLSearchParams('a=1&a=2'), "URLSearchParams { 'a': '1', 'a': '2' }"],
    [new URL('http://localhost/a?b'), "URL { href: 'http://localhost/a?b' }"],
    [
      new Request('http://localhost/', { method: 'POST' }),
      "Request { method: 'POST', url: 'http://localhost/', headers: Headers {}, bodyUsed: false }",
    ],
    [
      new Response('x', { status: 404, headers: { a: '1' } }),
      "Response { status: 404, statusText: '', ok: false, url: '', redirected: false, type: 'default', headers: Headers { 'a': '1', 'content-type': 'text/plain;charset=UTF-8' }, bodyUsed: false }",
    ],
    [new Blob(['abc'], { type: 'text/plain' }), "Blob { size: 3, type: 'text/plain' }"],
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
    const called = (): never => {
      throw new Error('called');
    };
    const getter = { get: called, enumerable: true };
    expect(inspect(Object.defineProperty([1, 2], 0, getter))).toBe('[ [Getter], 2 ]');
    expect(inspect(Object.defineProperty({}, 'both', { ...getter, set: called }))).toBe('{ both: [Getter/Setter] }');
    expect(inspect(Object.defineProperty({}, 'set', { set: called, enumerable: true }))).toBe('{ set: [Setter] }');
    expect(inspect(Object.defineProperty({}, Symbol.toStringTag, { get: called }))).toBe('{}');
    class URL {
      get [Symbol.toStringTag]() {
        return called();
      }
      get href() {
        return called();
      }
    }
    expect(inspect(new URL())).toBe('URL {}');
    Object.defineProperty(URL.prototype, Symbol.toStringTag, { value: 'URL' });
    expect(inspect(new URL())).toBe('URL {}');
    class Sized extends Map<number, number> {
      override get size() {
        return called();
      }
    }
    expect(inspect(new Sized([[1, 2]]))).toBe('Sized(1) { 1 => 2 }');
  });

  test('shows a prototype by itself, which has none of what its objects have', () => {
    expect(inspect(Headers.prototype)).toMatch(/^Headers \{ append: \[Function append\]/);
    expect(inspect(Map.prototype)).toBe('Map {}');
    expect(inspect(Object.create(Date.prototype))).toBe('Date {}');
  });

  test('counts billions of holes without going through them', () => {
    expect(inspect(Object.assign([], { [4e9]: 'far' }))).toBe("[ empty × 4000000000, 'far' ]");
  });

  test('shows causes that lead in a circle', () => {
    const error = new Error('a');
    error.cause = new Error('b', { cause: error });
    expect(inspect(error)).toBe('Error: a (cause: Error: b (cause: [circular]))');
  });

  test('shows as many levels as it is asked for, and all of them for null', () => {
    const value = { a: { b: { c: { d: { e: { f: 1 } } } } } };
    expect(inspect(value, { depth: 0 })).toBe('{ a: [Object] }');
    expect(inspect(value, { depth: null })).toBe('{ a: { b: { c: { d: { e: { f: 1 } } } } } }');
    expect(inspect(value, { depth: 'odd' })).toBe(inspect(value));
    let nested: object = {};
    for (let i = 0; i < 100_000; i++) nested = { nested };
    expect(inspect(nested, { depth: Infinity }).length).toBeLessThan(2000);
  });

  test('survives a value that throws when it is read', () => {
    const value = new Proxy({}, { ownKeys: () => { throw new Error('no'); } }); // prettier-ignore
    expect(inspect(value)).toBe('[cannot be shown: reading it throws]');
    expect(inspect([1, value])).toBe('[ 1, [cannot be shown: reading it throws] ]');
  });

  test('bounds long text, long lists, and both nested', () => {
    expect(inspect('x'.repeat(5000))).toBe(`${'x'.repeat(4000)}… (1000 more characters)`);
    expect(inspect(Array.from({ length: 60 }, () => 0))).toMatch(/, … 10 more \]$/);
    const row = Array.from({ length: 1000 }, () => 'y'.repeat(1000));
    const wide = Array.from({ length: 1000 }, () => row);
    expect(inspect(wide).length).toBeLessThan(4100);
  });
});
