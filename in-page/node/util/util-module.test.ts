import * as real from 'node:util';
import { describe, expect, test } from 'vitest';
import { isDeepEqual } from './deep-equal.ts';
import { format } from './format.ts';
import { inspect } from './inspect.ts';
import { utilModule } from './util-module.ts';

const { promisify, callbackify, inherits } = utilModule;

describe('format writes as Node does', () => {
  const cases: unknown[][] = [
    ['hello'],
    ['%s has %d of %i', 'Ada', '3.5', 7.9],
    ['%s %s', 'one'],
    ['%s', 'one', 'two', { a: 1 }],
    ['%s', { a: { b: 1 } }, [1, [2]]],
    ['%s %s %s', null, undefined, 12n],
    ['%s', new Date(0)],
    ['%d %d %d', 1n, {}, 'x'],
    ['%f %i', '1.5px', '42.9px'],
    ['%j', { a: [1] }],
    ['%O', { a: { b: { c: { d: 1 } } } }],
    ['100%', 'of'],
    ['100%% of', 1],
    ['%%'],
    ['%c styled', 'color: red'],
    [1, 'two', { three: 3 }],
    [],
    ['%x', 1],
  ];
  for (const values of cases)
    test(
      JSON.stringify(values, (_, of) => (typeof of === 'bigint' ? `${of}n` : (of as unknown))),
      () => expect(format(...values)).toBe(real.format(...values)),
    );
});

describe('values are deeply equal where Node says so', () => {
  const circular = (): object => {
    const value: { self?: unknown } = {};
    value.self = value;
    return value;
  };
  const pairs: [unknown, unknown][] = [
    [1, 1],
    [1, '1'],
    [NaN, NaN],
    [0, -0],
    [
      { a: 1, b: [1, 2] },
      { b: [1, 2], a: 1 },
    ],
    [{ a: 1 }, { a: 1, b: undefined }],
    [
      [1, 2],
      [2, 1],
    ],
    [[], {}],
    [new Date(0), new Date(0)],
    [new Date(0), new Date(1)],
    [/a/g, /a/i],
    [new Map([['a', { b: 1 }]]), new Map([['a', { b: 1 }]])],
    [new Map([['a', 1]]), new Map([['a', 2]])],
    [new Set([1, { a: 1 }]), new Set([1, { a: 1 }])],
    [new Set([1]), new Set([2])],
    [new Uint8Array([1]), new Uint8Array([1])],
    [new Uint8Array([1]), new Uint8Array([2])],
    [Object.create(null), {}],
    [new Error('a'), new Error('b')],
    [circular(), circular()],
    [null, undefined],
  ];
  for (const [i, [one, other]] of pairs.entries()) {
    test(`pair ${i}: ${inspect(one)} and ${inspect(other)}`, () => {
      expect(isDeepEqual(one, other)).toBe(real.isDeepStrictEqual(one, other));
    });
  }
});

test('promisify resolves and rejects by the callback, keeps `this`, and takes a function’s own word for it', async () => {
  const counter = {
    count: 2,
    add(by: number, done: (error: Error | null, sum?: number) => void) {
      if (by < 0) done(new Error('less than nothing'));
      else done(null, this.count + by);
    },
  };
  const add = promisify(counter.add);
  expect(await Reflect.apply(add, counter, [3])).toBe(5);
  await expect(Reflect.apply(add, counter, [-1])).rejects.toThrow('less than nothing');
  expect(promisify(Object.assign(() => undefined, { [promisify.custom]: () => 'own' }))()).toBe('own');
  expect(() => promisify(1)).toThrow('The "original" argument must be of type function. Received type number (1)');
});

test('callbackify hands on what a promise gives', async () => {
  const heard = await new Promise((resolve) =>
    callbackify(async (a: unknown) => a)('x', (...values: unknown[]) => resolve(values)),
  );
  expect(heard).toEqual([null, 'x']);
});

test('inherits gives a function of old the methods of its parent', () => {
  function Parent(): void {}
  Parent.prototype.greet = () => 'hello';
  function Child(): void {}
  inherits(Child, Parent);
  expect((Object.create(Child.prototype) as { greet: () => string }).greet()).toBe('hello');
});
