/**
 * Names from pages, for programs written elsewhere. A client runs in a Worker, which lacks `window` but has all that such
 * programs take from it. What needs a visible page is missing, and the reader is told so.
 */

import { refusedByName } from './traced/refused.ts';

/** Makes `window` the global object, as in a page. */
export function nameWindow(scope: typeof globalThis): void {
  Object.defineProperty(scope, 'window', { value: scope, writable: true, configurable: true });
}

const missing = /^(?:Can't find variable: )?(document|alert|prompt|confirm|localStorage|sessionStorage|Notification|\$|jQuery)\b/;

/** Returns what to say of an error caused by a part of a page that is missing here; undefined for any other. */
export function missingInWorker(thrown: unknown): string | undefined {
  if (!(thrown instanceof ReferenceError)) return undefined;
  const name = missing.exec(thrown.message)?.[1];
  return name && `Programs here run in a worker, without a page of their own: there is no ${name}. Print with console.log.`;
}

/** Returns what to say of a program's error that is caused by where it runs; undefined for any other. */
export function explainError(thrown: unknown): string | undefined {
  return missingInWorker(thrown) ?? refusedByName(thrown);
}
