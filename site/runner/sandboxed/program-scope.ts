/** Sets up what surrounds the reader's program: the browser's own APIs, observed, as they would be in a page of the sandbox. */
import type { TraceEvent } from '../../../protocol/trace/trace.ts';
import { provideWebCrypto } from './absent/web-crypto.ts';
import { epochNow } from './clock.ts';
import { takeOverConsole } from './output/console.ts';
import { observeEventSource } from './traced/event-source.ts';
import { observeFetch } from './traced/fetch.ts';
import { holderOf } from './natives.ts';
import { Observer } from './traced/observer.ts';
import type { Output } from './output/output.ts';
import { heldBack, Pace, paceLimits, paceOtherWays } from './output/pace.ts';
import { nameWindow } from './page-globals.ts';
import { observeWorkers } from './workers/programs-workers.ts';
import { refuseOtherWays, type TellOnce } from './traced/refused.ts';
import { observeTimers } from './timers.ts';
import { observeWebSocket } from './traced/websocket.ts';
import { nameLocation } from './workers/worker-location.ts';

interface ScopeParts {
  /** `A`, `B` … */
  client: string;
  /** See `StartRun`. */
  base: string;
  output: Output;
  /** Marks something as going on until the returned function is called. */
  hold(): () => void;
}

/** What the runner needs from the scope. */
export interface ProgramScope {
  tellOnce: TellOnce;
}

/** True for a start that holds a connection for as long as it lasts. Each `fetch` is paced where it is called. */
const isOpening = (event: TraceEvent): boolean =>
  event.name === 'connection_started' || (event.name === 'exchange_started' && event.api === 'EventSource');

/** Sets the global object up. Throws if the browser lacks something that programs cannot do without. */
export function setUpScope({ client, base, output, hold }: ScopeParts): ProgramScope {
  const scope = globalThis;
  // The address of this script, read before `location` names the sandbox.
  const script = location.href;
  let eventsSeen = 0;
  const note = (text: string): void => output.put({ type: 'note', time: epochNow(), text });
  const told: Record<string, true> = { __proto__: null } as never;
  const tellOnce: TellOnce = (what, words) => {
    if (!told[what]) note(words);
    told[what] = true;
  };

  takeOverConsole(console, output);
  const pace = new Pace({ now: epochNow, onHeldBack: () => note(heldBack) });
  const observer = new Observer({
    client,
    base,
    hold,
    onEvent(event) {
      eventsSeen++;
      output.put({ type: 'event', event });
      if (event.name === 'message_sent') pace.keep(1, event.length);
      else if (isOpening(event)) pace.keep(paceLimits.connection);
    },
    onNote: note,
  });
  observeWebSocket(scope, observer);
  observeFetch(scope, observer);
  observeEventSource(scope, observer);
  observeTimers(scope, { hold, seen: () => eventsSeen });
  observeWorkers(scope, { script, base, output, hold, tellOnce });
  refuseOtherWays(scope, tellOnce);
  paceOtherWays(scope, pace);
  provideWebCrypto(scope);
  nameWindow(scope);
  nameLocation(scope, base);
  takeOverWorker(scope, output, tellOnce);
  return { tellOnce };
}

/**
 * Replaces what only a Worker has: `close`, which the page has to know about, and messages to the frame, which has no use for
 * them.
 */
function takeOverWorker(scope: typeof globalThis, output: Output, tellOnce: TellOnce): void {
  const close = scope.close.bind(scope);
  const replace = (name: 'close' | 'postMessage', value: () => void): void => {
    const holder = holderOf(scope, name);
    Object.defineProperty(holder, name, { ...Object.getOwnPropertyDescriptor(holder, name), value });
  };
  replace('close', () => {
    output.end({ type: 'closed', time: epochNow() });
    close();
  });
  replace('postMessage', () =>
    tellOnce('postMessage', 'Nobody receives what a program posts here: it is a whole client by itself. Print with console.log.'),
  );
}
