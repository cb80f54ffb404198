/** Node's module `events` for the page: the package `events`. The trailing slash names the package, and not the module of Node. */
import { EventEmitter, once as packageOnce } from 'events/';
import { abortError } from './abort-error.ts';

export { EventEmitter };

export interface OnceOptions {
  signal?: AbortSignal | undefined;
}

export interface OnOptions extends OnceOptions {
  /** Events that end the iteration once what came before them is read. */
  close?: readonly string[] | undefined;
}

/**
 * Resolves with the arguments of the next such event. Rejects with the emitter's `error`, and with an AbortError when the signal
 * aborts (Node's documentation, "events.once").
 */
export async function once(emitter: EventEmitter, event: string | symbol, options: OnceOptions = {}): Promise<unknown[]> {
  const { signal } = options;
  if (signal?.aborted) throw abortError(signal);
  if (!signal) return (await packageOnce(emitter, event)) as unknown[];
  return new Promise((resolve, reject) => {
    const settle = (tell: () => void): void => {
      emitter.off(event, onEvent);
      emitter.off('error', onError);
      signal.removeEventListener('abort', onAbort);
      tell();
    };
    const onEvent = (...values: unknown[]): void => settle(() => resolve(values));
    const onError = (error: Error): void => settle(() => reject(error));
    const onAbort = (): void => settle(() => reject(abortError(signal)));
    emitter.on(event, onEvent);
    if (event !== 'error') emitter.on('error', onError);
    signal.addEventListener('abort', onAbort);
  });
}

/**
 * Yields the arguments of each such event. Throws the emitter's `error`, and an AbortError when the signal aborts. The package does
 * not have this one (Node's documentation, "events.on").
 */
export function on(emitter: EventEmitter, event: string | symbol, options: OnOptions = {}): AsyncGenerator<unknown[], void> {
  const { signal, close = [] } = options;
  if (signal?.aborted) throw abortError(signal);
  const seen: unknown[][] = [];
  let failure: { error: unknown } | undefined;
  let isOver = false;
  let wake = (): void => undefined;
  const onEvent = (...values: unknown[]): void => {
    seen.push(values);
    wake();
  };
  const onClose = (): void => {
    isOver = true;
    stopListening();
    wake();
  };
  const onError = (error: unknown): void => {
    failure = { error };
    onClose();
  };
  const onAbort = (): void => onError(abortError(signal));
  const stopListening = (): void => {
    emitter.off(event, onEvent);
    emitter.off('error', onError);
    for (const ending of close) emitter.off(ending, onClose);
    signal?.removeEventListener('abort', onAbort);
  };
  emitter.on(event, onEvent);
  if (event !== 'error') emitter.on('error', onError);
  for (const ending of close) emitter.on(ending, onClose);
  signal?.addEventListener('abort', onAbort);
  // It listens from the call on, and not only once somebody iterates.
  return (async function* iterate() {
    try {
      for (;;) {
        const values = seen.shift();
        if (values) yield values;
        else if (failure) throw failure.error;
        else if (isOver) return;
        else await new Promise<void>((resolve) => (wake = resolve));
      }
    } finally {
      stopListening();
    }
  })();
}
