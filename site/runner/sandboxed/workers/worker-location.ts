/**
 * Makes a program's location the sandbox, as in one of its pages. A Worker made from a blob would have the blob's address and an
 * opaque origin.
 */
import { apply, holderOf, seenThrough } from '../natives.ts';

type Told = (this: unknown) => unknown;

const parts = ['href', 'protocol', 'host', 'hostname', 'port', 'pathname', 'search', 'hash', 'origin'] as const;

/** Returns a function that first calls the native one, for its error on a wrong `this`, and then returns the value. */
const telling = (native: Told, value: string): Told =>
  seenThrough(native, {
    apply(_native, self) {
      apply(native, self, []);
      return value;
    },
  });

function tell(object: object, name: string, value: string): void {
  const holder = holderOf(object, name);
  const own = Object.getOwnPropertyDescriptor(holder, name);
  if (own?.get) Object.defineProperty(holder, name, { ...own, get: telling(own.get as Told, value) });
  else if (own) Object.defineProperty(holder, name, { ...own, value: telling(own.value as Told, value) });
}

/** Makes `location` and `origin` name the sandbox. `base` is that of `StartRun`. */
export function nameLocation(scope: { location: object; origin: string }, base: string): void {
  const root = new URL('/', base.replace(/^ws/, 'http'));
  for (const name of parts) tell(scope.location, name, root[name]);
  tell(scope.location, 'toString', root.href);
  tell(scope, 'origin', root.origin);
}
