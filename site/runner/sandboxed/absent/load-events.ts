/**
 * The events by which a page says that it has loaded. Many programs begin only then, and a Worker never fires them. Here they come
 * in a task of their own after a program has asked for one, which is after its module has run as far as its first `await`.
 */
import { apply, seenThrough } from '../natives.ts';
import { nameUses } from './name-uses.ts';

const types = ['DOMContentLoaded', 'load'];

/** What is needed of the global object. `setTimeout` is the one that counts as the program's activity. */
interface Scope extends EventTarget {
  setTimeout(callback: () => void, ms: number): unknown;
  Event: new (type: string) => Event;
}

/** Fires them on `scope`, if the program's text names one. */
export function fireLoadEvents(scope: Scope, code: string): void {
  if (nameUses(code, [...types, 'onload']).size === 0) return;
  const { setTimeout: later, Event: NativeEvent } = scope;
  const { addEventListener: listen, dispatchEvent: dispatch } = scope;
  let isDue = false;
  const fire = (): void => {
    if (isDue) return;
    isDue = true;
    const fireAll = (): void => {
      for (let i = 0; i < types.length; i++) apply(dispatch, scope, [new NativeEvent(types[i] as string)]);
    };
    apply(later, scope, [fireAll, 0]);
  };

  Object.defineProperty(scope, 'addEventListener', {
    writable: true,
    configurable: true,
    value: seenThrough(listen, {
      apply(native, self, args: [string, ...unknown[]]) {
        if (args[0] === types[0] || args[0] === types[1]) fire();
        apply(native as (...given: unknown[]) => void, self, args);
      },
    }),
  });
  let onload: unknown = null;
  let isHeard = false;
  Object.defineProperty(scope, 'onload', {
    configurable: true,
    get: () => onload,
    set(handler: unknown) {
      onload = typeof handler === 'function' ? handler : null;
      if (!isHeard)
        apply(listen, scope, ['load', (event: Event) => typeof onload === 'function' && apply(onload as never, scope, [event])]);
      isHeard = true;
      fire();
    },
  });
}
