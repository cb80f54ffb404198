/** Puts values in the place of globals, wherever in its chain of prototypes the browser has them. */
import { holderOf } from '../natives.ts';

export function replaceGlobals(scope: object, values: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(values)) {
    Object.defineProperty(holderOf(scope, name), name, { value, writable: true, configurable: true, enumerable: true });
  }
}
