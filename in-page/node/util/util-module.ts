/** Node's module `util`, as far as servers use it. */
import { functionOf } from '../argument-error.ts';
import { promisifyCustom } from '../timers/timers-module.ts';
import { isDeepEqual } from './deep-equal.ts';
import { format } from './format.ts';
import { inspect } from './inspect.ts';

type Callback = (error: unknown, value?: unknown) => void;
type AnyFunction = (...values: unknown[]) => unknown;

/** Returns a function that returns a promise, for one whose last argument is a callback. */
function promisify(original: unknown): AnyFunction {
  const act = functionOf('original', original);
  const own = (act as { [promisifyCustom]?: unknown })[promisifyCustom];
  if (own !== undefined) return functionOf('util.promisify.custom', own);
  const promised = function (this: unknown, ...values: unknown[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const done: Callback = (error, value) => (error ? reject(error as Error) : resolve(value));
      Reflect.apply(act, this, [...values, done]);
    });
  };
  return Object.assign(promised, act);
}

/** Returns a function that takes a callback, for one that returns a promise. */
function callbackify(original: unknown): AnyFunction {
  const act = functionOf('original', original);
  return function (this: unknown, ...values: unknown[]): void {
    const done = functionOf('last argument', values.pop()) as Callback;
    void (Reflect.apply(act, this, values) as Promise<unknown>).then(
      (value) => queueMicrotask(() => done(null, value)),
      (error: unknown) => queueMicrotask(() => done(error ?? new Error('Promise was rejected with a falsy value'))),
    );
  };
}

/** Makes a class inherit from another, the way of before `class … extends`. */
function inherits(constructor: { prototype: object; super_?: unknown }, parent: { prototype: object }): void {
  constructor.super_ = parent;
  Object.setPrototypeOf(constructor.prototype, parent.prototype);
}

const isA = (Class: abstract new (...values: never[]) => object) => (value: unknown) => value instanceof Class;

const types = {
  isArrayBuffer: isA(ArrayBuffer),
  isDate: isA(Date),
  isMap: isA(Map),
  isNativeError: isA(Error),
  isPromise: isA(Promise),
  isRegExp: isA(RegExp),
  isSet: isA(Set),
  isTypedArray: (value: unknown) => ArrayBuffer.isView(value) && !(value instanceof DataView),
  isUint8Array: isA(Uint8Array),
  isAsyncFunction: (value: unknown) => typeof value === 'function' && value.constructor.name === 'AsyncFunction',
};

/** What `require('util')` gives. */
export const utilModule = {
  inspect,
  format,
  promisify: Object.assign(promisify, { custom: promisifyCustom }),
  callbackify,
  inherits,
  types,
  isDeepStrictEqual: (one: unknown, other: unknown): boolean => isDeepEqual(one, other),
  isArray: Array.isArray,
  /** Returns the function as it is: what is old is no matter of a run. */
  deprecate: (act: AnyFunction): AnyFunction => act,
  /** Returns the function that logs for a section only where `NODE_DEBUG` asks for it: never. */
  debuglog: () => Object.assign(() => undefined, { enabled: false }),
  /** Returns the text as it is: the console has no colours of a terminal. */
  styleText: (_style: unknown, text: string): string => text,
  stripVTControlCharacters: (text: string): string => text.replace(/\u001b\[[0-9;]*[A-Za-z]/g, ''),
  TextEncoder,
  TextDecoder,
};
