import { codedError } from './net/system-error.ts';

/** Returns the error with which Node's functions end when their signal aborts: an AbortError with the code ABORT_ERR. */
export function abortError(signal: AbortSignal | undefined): Error {
  const error = codedError('The operation was aborted', 'ABORT_ERR');
  error.name = 'AbortError';
  return Object.assign(error, { cause: signal?.reason });
}
