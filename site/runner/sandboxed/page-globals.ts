/**
 * Names from pages, for programs written elsewhere. A client runs in a Worker, which lacks `window` but has all that such
 * programs take from it. What needs a visible page is missing, and the reader is told so.
 */

import { absentWords } from './absent/absent-names.ts';
import { refusedByName } from './traced/refused.ts';

/** Makes `window` the global object, as in a page. */
export function nameWindow(scope: typeof globalThis): void {
  Object.defineProperty(scope, 'window', { value: scope, writable: true, configurable: true });
}

const undefinedName = /^(?:Can't find variable: ([\w$]+)|([\w$]+) is not defined)$/;
/** Members that a browser's Workers lack of an object that they have. */
const absentMember = /\b(Notification)\.requestPermission\b/;

/** Returns what to say of an error caused by a name that is missing here; undefined for any other. */
export function missingInWorker(thrown: unknown): string | undefined {
  const isOfName = thrown instanceof ReferenceError;
  if (!isOfName && !(thrown instanceof TypeError)) return undefined;
  const [, ...names] = (isOfName ? undefinedName : absentMember).exec(thrown.message) ?? [];
  const name = names.find((one) => one !== undefined);
  return name === undefined ? undefined : absentWords(name);
}

/** Returns what to say of a program's error that is caused by where it runs; undefined for any other. */
export function explainError(thrown: unknown): string | undefined {
  return missingInWorker(thrown) ?? refusedByName(thrown);
}
