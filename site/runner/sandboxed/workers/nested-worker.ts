/** Inside a Worker that a program started: prints where the program does, reaches no network, and runs the program's script. */
import type { Batch, BatchTaken } from '../../../../protocol/messages/runner-messages.ts';
import { epochNow } from '../clock.ts';
import { takeOverConsole } from '../output/console.ts';
import { apply, dataOf, listen, postTo, seenThrough } from '../natives.ts';
import { Output, outputLimits } from '../output/output.ts';
import { heldBack, Pace, paceOtherWays } from '../output/pace.ts';
import { refuseOtherWays, refuseToMake } from '../traced/refused.ts';
import { nameLocation } from './worker-location.ts';

/** From the program's Worker, once, with a MessagePort. */
export interface NestedStart {
  type: 'nested-start';
  /** The address of the program's script. */
  address: string;
  isModule: boolean;
  /** See `StartRun`. */
  base: string;
}

/** To the program's Worker. The last item is `closed`. */
export type FromNested = Batch;

type Scope = typeof globalThis & { importScripts(address: string): void };

const refusal = (name: string): string =>
  `${name} is not available in a Worker that a program starts, since the timeline could not draw what it opens. Use it in the program itself, and pass on what arrives with postMessage.`;

const later = setTimeout.bind(globalThis);

/** Runs the program's script. */
export function runNested({ address, isModule, base }: NestedStart, port: MessagePort): void {
  const scope = globalThis as Scope;
  const output = new Output({
    post: (batch) => postTo(port, batch),
    now: epochNow,
    later: (callback) => void later(callback, outputLimits.batchEvery),
  });
  listen(port, 'message', (event: MessageEvent) => {
    if ((dataOf(event) as BatchTaken).type === 'batch-taken') output.answered();
  });
  port.start();
  const told: Record<string, true> = { __proto__: null } as never;
  const tellOnce = (what: string, text: string): void => {
    if (told[what]) return;
    told[what] = true;
    output.put({ type: 'note', time: epochNow(), text });
  };

  takeOverConsole(console, output);
  nameLocation(scope, base);
  const { importScripts } = scope;
  refuseOtherWays(scope, tellOnce);
  refuseNetwork(scope);
  paceOtherWays(scope, new Pace({ now: epochNow, onHeldBack: () => tellOnce('pace', heldBack) }));
  tellOfClose(scope, () => output.end({ type: 'closed', time: epochNow() }));
  if (isModule) return holdMessagesUntil(import(/* @vite-ignore */ address));
  try {
    importScripts(address);
  } catch (thrown) {
    if (thrown instanceof DOMException && thrown.name === 'NetworkError') output.end({ type: 'closed', time: epochNow() });
    throw thrown;
  }
}

/** Makes any use of the network fail, in words for the reader. */
function refuseNetwork(scope: typeof globalThis): void {
  for (const name of ['WebSocket', 'EventSource', 'Worker']) refuseToMake(scope, name, refusal(name));
  scope.fetch = seenThrough(scope.fetch, {
    apply: () => Promise.reject(new DOMException(refusal('fetch'), 'NotAllowedError')),
  });
  // A rejection would stay in its Worker, but an error is passed on and printed.
  addEventListener('unhandledrejection', ({ reason }: PromiseRejectionEvent) =>
    later(() => {
      throw reason;
    }),
  );
}

function tellOfClose(scope: typeof globalThis, onClose: () => void): void {
  scope.close = seenThrough(scope.close, {
    apply(close, self, args: []) {
      onClose();
      apply(close, self, args);
    },
  });
}

/** Holds messages back until the module has loaded and can hear them, as in a Worker of type "module". */
function holdMessagesUntil(loaded: Promise<unknown>): void {
  const held: MessageEvent[] = [];
  const hold = (event: Event): void => {
    event.stopImmediatePropagation();
    held.push(event as MessageEvent);
  };
  const release = (): void => {
    removeEventListener('message', hold);
    for (const { data, ports } of held) dispatchEvent(new MessageEvent('message', { data: data as unknown, ports: [...ports] }));
  };
  addEventListener('message', hold);
  loaded.finally(release).catch((thrown: unknown) =>
    later(() => {
      throw thrown;
    }),
  );
}
