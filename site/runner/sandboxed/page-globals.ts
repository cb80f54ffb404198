/**
 * Names of a page that programs from elsewhere use. A client runs in a Worker, where `window` is missing though all that such programs
 * take from it is there; what needs a page to be seen is not, and the reader is told so.
 */

import { refusedByName } from './traced/refused.ts';

/** Lets `window` mean the global object, as it does in a page. */
export function nameWindow(scope: typeof globalThis): void {
  Object.defineProperty(scope, 'window', { value: scope, writable: true, configurable: true });
}

const missing = /^(?:Can't find variable: )?(document|alert|prompt|confirm|localStorage|sessionStorage|Notification|\$|jQuery)\b/;

/** What to say of an error that comes from a part of a page that is not here; undefined for any other. */
export function missingInWorker(thrown: unknown): string | undefined {
  if (!(thrown instanceof ReferenceError)) return undefined;
  const name = missing.exec(thrown.message)?.[1];
  return name && `Programs here run in a worker, without a page of their own: there is no ${name}. Print with console.log.`;
}

/** What to say of an error of the program that comes from where it runs; undefined for any other. */
export function explainError(thrown: unknown): string | undefined {
  return missingInWorker(thrown) ?? refusedByName(thrown);
}
