import * as realAssert from 'node:assert';
import { describe, expect, test } from 'vitest';
import { thrownBy } from '../testing/node-programs.ts';
import { inspect } from '../util/inspect.ts';
import { assertModule } from './assert-module.ts';

describe('assert', () => {
  type Assert = Record<
    'equal' | 'notEqual' | 'strictEqual' | 'deepEqual' | 'deepStrictEqual' | 'notDeepStrictEqual',
    (a: unknown, b: unknown) => void
  >;
  const holds = (act: () => void): boolean => {
    try {
      act();
      return true;
    } catch {
      return false;
    }
  };

  test('holds for the same values as Node’s', () => {
    const names = ['equal', 'notEqual', 'strictEqual', 'deepEqual', 'deepStrictEqual', 'notDeepStrictEqual'] as const;
    const pairs = [
      [1, 1],
      [1, '1'],
      [NaN, NaN],
      [0, -0],
      [null, undefined],
      [{ a: 1 }, { a: 1 }],
      [{ a: 1 }, { a: '1' }],
      [[1], [2]],
    ];
    for (const name of names) {
      for (const [a, b] of pairs) {
        const [ours, real] = [assertModule as Assert, realAssert as unknown as Assert].map((assert) =>
          holds(() => assert[name](a, b)),
        );
        expect(ours, `${name} ${inspect([a, b])}`).toBe(real);
      }
    }
  });

  test('tells what it compared, and throws the message it was given', () => {
    const error = thrownBy(() => assertModule.strictEqual(1, 2)) as object;
    expect(error).toMatchObject({
      name: 'AssertionError',
      code: 'ERR_ASSERTION',
      actual: 1,
      expected: 2,
      operator: 'strictEqual',
    });
    expect(() => assertModule(0, 'nothing came')).toThrow('nothing came');
    expect(() => assertModule.ok(true)).not.toThrow();
    expect(() => assertModule.strict.equal(1, '1')).toThrow();
  });

  test('throws and rejects know an error by its class, text, properties or a function', async () => {
    const boom = (): never => {
      throw Object.assign(new TypeError('boom'), { code: 'E' });
    };
    for (const expected of [undefined, TypeError, Error, /boom/, { code: 'E' }, { message: /^b/ }, () => true]) {
      expect(() => assertModule.throws(boom, expected)).not.toThrow();
    }
    for (const expected of [RangeError, /other/, { code: 'F' }, () => false]) {
      expect(() => assertModule.throws(boom, expected)).toThrow('boom');
    }
    expect(() => assertModule.throws(() => undefined)).toThrow('Missing expected exception.');
    await assertModule.rejects(async () => boom(), TypeError);
    await expect(assertModule.rejects(Promise.resolve(1))).rejects.toThrow('Missing expected rejection.');
  });
});
