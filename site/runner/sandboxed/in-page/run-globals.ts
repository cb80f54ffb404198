/** Globals that would tell of the world outside the run: the time, and chance. Here they are the run's. */
import { dateNow } from '../../../../in-page/node/module-parts.ts';
import { uuidOf } from '../../../../in-page/program/uuid.ts';
import { createDate } from '../../../../in-page/node/globals/run-date.ts';
import type { Chance } from '../../../../in-page/program/chance.ts';
import type { Surroundings } from '../../../../in-page/program/program.ts';
import { replaceGlobals } from './replace-globals.ts';

/** When every run begins, as `Date` has it: the same in each, so that a run can be had again. */
export const epoch = Date.UTC(2026, 0, 1, 9);

/** Puts the time and the chance of the run on `scope`. */
export function putOnRun(scope: typeof globalThis, { clock, activity }: Surroundings, { number, bytes }: Chance): void {
  replaceGlobals(scope, { Date: createDate(() => dateNow({ clock, epoch })) });
  replaceGlobals(scope.performance, { now: () => clock.read() });
  Object.defineProperty(scope.performance, 'timeOrigin', { value: epoch, configurable: true });
  scope.Math.random = number;
  replaceGlobals(scope.crypto, {
    getRandomValues<Values extends ArrayBufferView>(values: Values): Values {
      new Uint8Array(values.buffer, values.byteOffset, values.byteLength).set(bytes(values.byteLength));
      return values;
    },
    randomUUID: () => uuidOf(bytes(16)),
  });
  keepTime(scope, { clock, activity });
}

/** Lets the run wait for the platform's real work, and `AbortSignal.timeout` count the run's time. */
export function keepTime(scope: typeof globalThis, { clock, activity }: Pick<Surroundings, 'clock' | 'activity'>): void {
  holdWork(scope, activity);
  replaceGlobals(scope.AbortSignal, {
    timeout(ms: unknown) {
      const controller = new AbortController();
      clock.set(() => controller.abort(new DOMException('The operation timed out.', 'TimeoutError')), ms, false);
      return controller.signal;
    },
  });
}

/** Methods whose promises are real work, for which the run's clock waits. */
const working: Record<string, string[]> = {
  Blob: ['arrayBuffer', 'bytes', 'text'],
  SubtleCrypto: [
    'decrypt',
    'deriveBits',
    'deriveKey',
    'digest',
    'encrypt',
    'exportKey',
    'generateKey',
    'importKey',
    'sign',
    'verify',
  ],
};

function holdWork(scope: typeof globalThis, activity: Surroundings['activity']): void {
  for (const [of, names] of Object.entries(working)) {
    const prototype = (scope as unknown as Record<string, { prototype: Record<string, unknown> } | undefined>)[of]?.prototype;
    for (const name of names) {
      const native = prototype?.[name] as ((...given: unknown[]) => Promise<unknown>) | undefined;
      if (!prototype || !native) continue;
      prototype[name] = function (this: unknown, ...given: unknown[]) {
        return activity.hold(native.apply(this, given));
      };
    }
  }
}
