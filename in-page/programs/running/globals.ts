/** What programs in the page find as globals, as parameters of a function instead of properties of a Worker's global object. */
import { createEventSource } from '../../browser/event-source/create-event-source.ts';
import { createFetch } from '../../browser/fetch/create-fetch.ts';
import { createWebSocket } from '../../browser/create-web-socket.ts';
import { createXmlHttpRequest } from '../../browser/xml-http-request/create-xml-http-request.ts';
import { createDate } from '../../node/globals/run-date.ts';
import { seededBytes } from '../../node/testing/seeded-bytes.ts';
import { format } from '../../node/util/format.ts';
import type { Surroundings } from '../../program/program.ts';
import { levels, printed } from './program.ts';

type Globals = Record<string, unknown>;

/** Where the page is from, and what its `fetch` and `WebSocket` count as their own. */
const base = 'http://localhost:8080/';

/** Returns `console`, which prints as Node's does. */
const consoleFor = (print: (line: string) => void): Globals =>
  Object.fromEntries(levels.map((level) => [level, (...words: unknown[]) => print(printed(level, format(...words)))]));

/** Returns what programs of Node and of pages both have, and take from whoever runs them. */
export function sharedGlobals(surroundings: Surroundings, seed: number, print: (line: string) => void): Globals {
  const parts = { ...surroundings, random: seededBytes(seed), base };
  const { clock } = surroundings;
  const OwnSignal = class extends AbortSignal {
    static override timeout(ms: number): AbortSignal {
      const controller = new AbortController();
      clock.set(() => controller.abort(new DOMException('The operation timed out.', 'TimeoutError')), ms, false);
      return controller.signal;
    }
  };
  return { console: consoleFor(print), WebSocket: createWebSocket(parts), AbortSignal: OwnSignal };
}

/** Returns a page's globals. */
export function pageGlobals(surroundings: Surroundings, seed: number, print: (line: string) => void): Globals {
  const parts = { ...surroundings, random: seededBytes(seed), base };
  const { clock } = surroundings;
  const setting =
    (repeats: boolean) =>
    (callback: (...given: unknown[]) => void, delay?: unknown, ...given: unknown[]): number =>
      clock.set(() => callback(...given), delay, repeats);
  const clear = (id?: unknown): void => clock.clear(id);
  return {
    ...sharedGlobals(surroundings, seed, print),
    ...createFetch(parts),
    EventSource: createEventSource(parts),
    XMLHttpRequest: createXmlHttpRequest(parts),
    Date: createDate(() => Math.floor(clock.read())),
    performance: { now: () => clock.read() },
    setTimeout: setting(false),
    setInterval: setting(true),
    clearTimeout: clear,
    clearInterval: clear,
  };
}
