/** Node's module `events` for the page: the package `events`. The trailing slash names the package, and not the module of Node. */
import { EventEmitter, once } from 'events/';

export { EventEmitter, once };

/** Yields the arguments of each such event, for ever. Throws the emitter's `error`. The package does not have this one. */
export function on(emitter: EventEmitter, event: string | symbol): AsyncGenerator<unknown[], void> {
  const seen: unknown[][] = [];
  let failure: { error: unknown } | undefined;
  let wake = (): void => undefined;
  const onEvent = (...values: unknown[]): void => {
    seen.push(values);
    wake();
  };
  const onError = (error: unknown): void => {
    failure = { error };
    wake();
  };
  emitter.on(event, onEvent);
  if (event !== 'error') emitter.on('error', onError);
  // It listens from the call on, and not only once somebody iterates.
  return (async function* iterate() {
    try {
      for (;;) {
        const values = seen.shift();
        if (values) yield values;
        else if (failure) throw failure.error;
        else await new Promise<void>((resolve) => (wake = resolve));
      }
    } finally {
      emitter.off(event, onEvent);
      emitter.off('error', onError);
    }
  })();
}
