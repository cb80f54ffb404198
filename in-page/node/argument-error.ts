/** Node's errors about what a program passes. */
import { received } from './to-buffer.ts';

/** Returns Node's TypeError for an argument of a wrong type. `expected` is such as `of type function`. */
export function wrongArgument(name: string, expected: string, value: unknown): TypeError & { code: string } {
  const error = new TypeError(`The "${name}" argument must be ${expected}.${received(value)}`);
  return Object.assign(error, { code: 'ERR_INVALID_ARG_TYPE' });
}

/** Returns what a program passes as a function. Throws Node's TypeError where it is none. */
export function functionOf(name: string, value: unknown): (...values: unknown[]) => unknown {
  if (typeof value !== 'function') throw wrongArgument(name, 'of type function', value);
  return value as (...values: unknown[]) => unknown;
}
