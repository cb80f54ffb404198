/** Node's module `assert`, in small: the assertions that tests and examples are written with. */
import { codedError } from '../net/system-error.ts';
import { isDeepEqual } from '../util/deep-equal.ts';
import { inspect } from '../util/inspect.ts';

type Message = string | Error | undefined;
interface Comparison {
  actual: unknown;
  expected: unknown;
  operator: string;
}

export class AssertionError extends Error {
  override name = 'AssertionError';
  readonly code = 'ERR_ASSERTION';
  readonly actual: unknown;
  readonly expected: unknown;
  readonly operator: string;
  /** True where the message is not the program's own. */
  readonly generatedMessage: boolean;

  constructor({ actual, expected, operator, message }: Comparison & { message?: string | undefined }) {
    super(message ?? `Expected ${operator} to hold:\n\n${inspect(actual)}\n\nand\n\n${inspect(expected)}\n`);
    this.generatedMessage = message === undefined;
    this.actual = actual;
    this.expected = expected;
    this.operator = operator;
  }
}

function fail(comparison: Comparison, message: Message): never {
  if (message instanceof Error) throw message;
  throw new AssertionError({ ...comparison, message });
}

function comparing(operator: string, holds: (actual: unknown, expected: unknown) => boolean) {
  return (actual: unknown, expected: unknown, message?: string | Error): void => {
    if (!holds(actual, expected)) fail({ actual, expected, operator }, message);
  };
}

function ok(value?: unknown, message?: string | Error): void {
  if (!value) fail({ actual: value, expected: true, operator: '==' }, message ?? 'The expression evaluated to a falsy value');
}

/** True where a thrown error is what was expected: of a class, with a text, with properties, or for which a function returns true. */
function isExpected(error: unknown, expected: unknown): boolean {
  if (expected === undefined || typeof expected === 'string') return true;
  if (expected instanceof RegExp) return expected.test(String(error));
  if (typeof expected === 'object' && expected !== null) {
    return Object.entries(expected).every(([key, value]) => {
      const actual: unknown = (error as Record<string, unknown> | undefined)?.[key];
      return value instanceof RegExp ? value.test(String(actual)) : isDeepEqual(actual, value);
    });
  }
  if (typeof expected !== 'function') return false;
  const { prototype } = expected as { prototype?: unknown };
  if (prototype !== undefined && error instanceof expected) return true;
  if (prototype instanceof Error || expected === Error) return false;
  return (expected as (error: unknown) => unknown)(error) === true;
}

function throws(act: () => unknown, expected?: unknown, message?: Message): void {
  try {
    act();
  } catch (error) {
    if (isExpected(error, expected)) return;
    throw error;
  }
  fail({ actual: undefined, expected, operator: 'throws' }, messageOf(expected, message) ?? 'Missing expected exception.');
}

async function rejects(work: Promise<unknown> | (() => Promise<unknown>), expected?: unknown, message?: Message): Promise<void> {
  try {
    await (typeof work === 'function' ? work() : work);
  } catch (error) {
    if (isExpected(error, expected)) return;
    throw error;
  }
  fail({ actual: undefined, expected, operator: 'rejects' }, messageOf(expected, message) ?? 'Missing expected rejection.');
}

const messageOf = (expected: unknown, message: Message): Message => (typeof expected === 'string' ? expected : message);

function doesNotThrow(act: () => unknown, message?: string): void {
  try {
    act();
  } catch (error) {
    const words = `Got unwanted exception${message === undefined ? '.' : `: ${message}`}\nActual message: "${String(error)}"`;
    fail({ actual: error, expected: undefined, operator: 'doesNotThrow' }, words);
  }
}

function matches(isWanted: boolean) {
  return (text: unknown, pattern: RegExp, message?: string | Error): void => {
    if ((typeof text === 'string' && pattern.test(text)) === isWanted) return;
    fail({ actual: text, expected: pattern, operator: isWanted ? 'match' : 'doesNotMatch' }, message);
  };
}

const is = (one: unknown, other: unknown): boolean => Object.is(one, other);
// Comparing as `==` does is what these are for.
const loosely = (one: unknown, other: unknown): boolean => one == other || (one !== one && other !== other); // eslint-disable-line eqeqeq

const strictOnes = {
  ok,
  throws,
  rejects,
  doesNotThrow,
  match: matches(true),
  doesNotMatch: matches(false),
  strictEqual: comparing('strictEqual', is),
  notStrictEqual: comparing('notStrictEqual', (one, other) => !is(one, other)),
  deepStrictEqual: comparing('deepStrictEqual', (one, other) => isDeepEqual(one, other)),
  notDeepStrictEqual: comparing('notDeepStrictEqual', (one, other) => !isDeepEqual(one, other)),
  fail: (message: string | Error = 'Failed'): never =>
    fail({ actual: undefined, expected: undefined, operator: 'fail' }, message),
  ifError: (value: unknown): void => {
    if (value == null) return;
    throw value instanceof Error ? value : codedError(`ifError got unwanted exception: ${inspect(value)}`, 'ERR_ASSERTION');
  },
  AssertionError,
};

const strict = Object.assign((value?: unknown, message?: string | Error): void => ok(value, message), strictOnes, {
  equal: strictOnes.strictEqual,
  notEqual: strictOnes.notStrictEqual,
  deepEqual: strictOnes.deepStrictEqual,
  notDeepEqual: strictOnes.notDeepStrictEqual,
});

/** What `require('assert')` gives: a function, and on it the assertions. `strict` has the same names and never compares loosely. */
export const assertModule = Object.assign((value?: unknown, message?: string | Error): void => ok(value, message), strictOnes, {
  equal: comparing('==', loosely),
  notEqual: comparing('!=', (one, other) => !loosely(one, other)),
  deepEqual: comparing('deepEqual', (one, other) => isDeepEqual(one, other, false)),
  notDeepEqual: comparing('notDeepEqual', (one, other) => !isDeepEqual(one, other, false)),
  strict,
});
