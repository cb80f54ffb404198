/**
 * Tells the reader about names that are not there also where no error would: where the program reads `window.document`, or catches
 * what is thrown. It does so by a getter on the global object, which alone hears of both. A getter can act only one way, though,
 * so the program's text decides which:
 *
 * - A variable that is read throws the engine's own ReferenceError.
 * - `window.x` is undefined. So is the variable then, which a program that reads `window.x` first expects.
 * - A program that asks by `typeof` or `in` manages without the name. A getter would throw, or make the name exist: there is none,
 *   and only an error that nobody catches tells.
 */
import type { TellOnce } from '../traced/refused.ts';
import { construct, seenThrough } from '../natives.ts';
import { absentNames, absentWords } from './absent-names.ts';
import { nameUses } from './name-uses.ts';

declare const noSuchName: unknown;

/** What this engine says of a variable that is not there. */
const undefinedMessage = ((): string => {
  try {
    return String(noSuchName);
  } catch (thrown) {
    return (thrown as Error).message;
  }
})();

/** Watches those names that the program uses and `scope` lacks. */
export function watchAbsentNames(scope: object, code: string, tellOnce: TellOnce): void {
  for (const [name, { isMember, isChecked }] of nameUses(code, absentNames)) {
    const words = absentWords(name) ?? '';
    const tell = (): void => tellOnce(words, words);
    if (name in scope) tellWhenMade(scope as Record<string, unknown>, name, tell);
    else if (!isChecked) watch(scope, name, tell, isMember);
  }
}

function watch(scope: object, name: string, tell: () => void, isUndefined: boolean): void {
  Object.defineProperty(scope, name, {
    configurable: true,
    get() {
      tell();
      if (isUndefined) return undefined;
      throw new ReferenceError(undefinedMessage.replace('noSuchName', () => name));
    },
    // A program that brings the name along has it from then on.
    set(value: unknown) {
      Object.defineProperty(scope, name, { value, writable: true, enumerable: true, configurable: true });
    },
  });
}

/** For `Notification`, which some browsers have in Workers, where it shows nothing without a page that was given permission. */
function tellWhenMade(scope: Record<string, unknown>, name: string, tell: () => void): void {
  const native = scope[name];
  if (typeof native !== 'function') return;
  Object.defineProperty(scope, name, {
    writable: true,
    configurable: true,
    value: seenThrough(native, {
      construct(target, args: unknown[], newTarget) {
        tell();
        return construct(target, args, newTarget) as object;
      },
    }),
  });
}
