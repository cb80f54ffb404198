import * as real from 'node:util';
import { describe, expect, test } from 'vitest';
import { Buffer } from '../buffer.ts';
import { inspect } from './inspect.ts';

class Room {
  name = 'lobby';
  members = new Set(['Ada', 'Bob']);
}
class Many extends Map<string, number> {}
const circular: { name: string; self?: unknown; list: unknown[] } = { name: 'x', list: [] };
circular.self = circular;
circular.list.push(circular.list);
const nested = { a: { b: { c: { d: 1 }, empty: {}, list: [], map: new Map() } } };
const numbers = (length: number): number[] => Array.from({ length }, (_, i) => i * 37);

const values: Record<string, unknown> = {
  strings: ['plain', "it's", `"it's"`, '`"\'', 'a\nb\t\\', '\u0000\u009f', '\ud800', 'emoji 🙂', ''],
  'a string': 'it stands in quotes here',
  'other primitives': [1, -0, 1.5e300, NaN, 10n, true, null, undefined, Symbol('x'), Symbol()],
  keys: { plain: 1, 'with-dash': 2, 3: 4, _a: 5, $b: 6, [Symbol('s')]: 7 },
  'a short object': { type: 'message', from: 'Ada', text: 'hello' },
  'a long object': { type: 'message', from: 'Ada', text: 'hello there, this one is too long for a line', more: 'of it' },
  nested,
  'deeply nested': [[[[[1]]]]],
  'a class': new Room(),
  'a class within': { room: new Room(), at: [new Room()] },
  'no prototype': Object.assign(Object.create(null) as object, { a: 1 }),
  circular,
  maps: new Map<unknown, unknown>([
    ['a', { b: 1 }],
    [{ k: 1 }, new Map([[1, 2]])],
  ]),
  'an extended map': new Many(Object.entries({ a: 1 })),
  'empty ones': [{}, [], new Map(), new Set(), new Room().members, ''],
  'six numbers': numbers(6),
  'seven numbers': numbers(7),
  'thirty numbers': numbers(30),
  'too many numbers': numbers(120),
  words: 'the quick brown fox jumps over the lazy dog and then some more of them'.split(' '),
  'long words': Array.from({ length: 9 }, (_, i) => 'x'.repeat(i * 5)),
  'columns inside': { list: { of: numbers(40) } },
  'objects in a list': [
    { id: 1, name: 'Ada' },
    { id: 2, name: 'Bob' },
  ],
  holes: [1, , , 4, ,],
  'a list with a property': Object.assign([1, 2], { more: true }),
  'typed arrays': [new Uint8Array(3), new Float64Array([1.5])],
  'an array buffer': new Uint8Array([1, 2, 255]).buffer,
  functions: [function named() {}, () => undefined, async () => undefined, function* () {}, Room, class B extends Room {}],
  'a function with properties': Object.assign(function f() {}, { a: 1 }),
  dates: [new Date(0), new Date(NaN)],
  'a pattern': /a+/gi,
  accessors: {
    get a() {
      return 1;
    },
    set b(_: number) {},
    get c() {
      return 1;
    },
    set c(_: number) {},
  },
  boxed: [new String('x'), new Number(1), new Boolean(false)],
  'a tag': { [Symbol.toStringTag]: 'Tagged', a: 1 },
  'a custom one': { [real.inspect.custom]: () => 'as it likes' },
  'a custom object': { inner: { [real.inspect.custom]: () => ({ instead: 1 }) } },
};

describe('a value is shown as Node shows it', () => {
  for (const [name, value] of Object.entries(values)) {
    test(name, () => expect(inspect(value)).toBe(real.inspect(value)));
  }
  test('all the way down, or less than usual', () => {
    for (const depth of [null, 0, 1, 5]) expect(inspect(nested, { depth })).toBe(real.inspect(nested, { depth }));
  });
  test('with what is not enumerable in brackets', () => {
    const hidden = Object.defineProperty({ seen: 1 }, 'not-seen', { value: 2 });
    for (const value of [hidden, [1, 2], { list: [true] }, values['holes']]) {
      expect(inspect(value, { showHidden: true })).toBe(real.inspect(value, { showHidden: true }));
    }
  });
  test('on lines of another length, and with no more than some items', () => {
    const options = { breakLength: 40, maxArrayLength: 12 };
    for (const value of Object.values(values)) expect(inspect(value, options)).toBe(real.inspect(value, options));
  });
});

test('a Buffer is shown by its bytes, and those beyond the fiftieth are counted', () => {
  for (const length of [0, 3, 50, 51, 90])
    expect(inspect(Buffer.alloc(length, 7))).toBe(real.inspect(globalThis.Buffer.alloc(length, 7)));
});

test('an error is shown by its name, message and properties, without a stack, which differs between engines', () => {
  expect(inspect(new TypeError('no'))).toBe('[TypeError: no]');
  expect(inspect(Object.assign(new Error('in use'), { code: 'EADDRINUSE' }))).toBe("[Error: in use] { code: 'EADDRINUSE' }");
});
