/** What a Node program finds as globals besides the language. */
import { Buffer } from '../buffer.ts';
import type { CryptoModule } from '../crypto/crypto-module.ts';
import { dateNow, type ModuleParts } from '../module-parts.ts';
import type { NodeModules } from '../modules/create-node-modules.ts';
import type { TimerGlobals } from '../timers/timers-module.ts';
import { createDate } from './run-date.ts';
import { createMath } from './seeded-math.ts';

/** Globals of the platform that are as Node's. */
const same = [
  'AbortController',
  'AbortSignal',
  'Blob',
  'DOMException',
  'Event',
  'EventTarget',
  'TextDecoder',
  'TextEncoder',
  'URL',
  'URLSearchParams',
  'atob',
  'btoa',
  'queueMicrotask',
  'structuredClone',
] as const;

/**
 * Returns globals by their names, for a Worker's global object or for a program's parameters. Timers and process are those that
 * the modules have. `console`, `fetch` and `WebSocket` are left to whoever runs the program.
 */
export function nodeGlobals(parts: ModuleParts, modules: NodeModules): Record<string, unknown> {
  const timers = modules.get('timers') as TimerGlobals;
  const { setTimeout, setInterval, setImmediate, clearTimeout, clearInterval, clearImmediate } = timers;
  const { performance } = modules.get('perf_hooks') as { performance: unknown };
  const platform = globalThis as unknown as Record<string, unknown>;
  return {
    ...Object.fromEntries(same.map((name) => [name, platform[name]])),
    Buffer,
    Date: createDate(() => dateNow(parts)),
    Math: createMath(parts.random),
    global: globalThis,
    crypto: (modules.get('crypto') as CryptoModule).webcrypto,
    performance,
    process: modules.get('process'),
    setTimeout,
    setInterval,
    setImmediate,
    clearTimeout,
    clearInterval,
    clearImmediate,
  };
}
