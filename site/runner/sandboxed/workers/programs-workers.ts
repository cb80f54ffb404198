/**
 * Workers that a program starts. Each counts as activity until it ends, and prints where the program does. It reaches nothing but
 * the program, because the timeline could not draw what it opened: our script runs in it first, then loads the program's.
 */
import {
  apply,
  attribute,
  construct,
  dataOf,
  listen,
  method,
  only,
  OwnMap,
  OwnWeakMap,
  postTo,
  seenThrough,
} from '../natives.ts';
import type { FromNested, NestedStart } from './nested-worker.ts';
import type { Output } from '../output/output.ts';

/** What the Workers of a program need from their surroundings. */
export interface WorkersParts {
  /** The address of our script. */
  script: string;
  /** See `StartRun`. */
  base: string;
  output: Output;
  hold(): () => void;
  tellOnce(what: string, words: string): void;
}

interface Scope {
  Worker: typeof Worker;
  URL: typeof URL;
}

/** The most Workers at a time. Each is a thread, and a loop that starts them would use up the machine. */
const mostWorkers = 20;

const words = {
  file: 'A Worker cannot be made from a file here, since there are none besides the program. Make it from its text: new Worker(URL.createObjectURL(new Blob([text]))).',
  many: `A program may have at most ${mostWorkers} Workers at a time here.`,
};

/** Replaces the native Worker of `scope` with the observed one. */
export function observeWorkers(scope: Scope, { script, base, output, hold, tellOnce }: WorkersParts): void {
  const Native = scope.Worker;
  const NativeChannel = MessageChannel;
  const { prototype } = Native;
  const post = method(prototype.postMessage as (this: Worker, message: unknown, ports: Iterable<MessagePort>) => void);
  const ourEnd = attribute(NativeChannel.prototype, 'port1');
  const itsEnd = attribute(NativeChannel.prototype, 'port2');
  const startPort = method(MessagePort.prototype.start);
  const keptAddress = keepScripts(scope.URL);
  const releases = new OwnWeakMap<object, () => void>();
  let running = 0;

  const holdWorker = (): (() => void) => {
    const release = hold();
    let isHeld = true;
    running++;
    return () => {
      if (isHeld) running--;
      isHeld = false;
      release();
    };
  };

  const listenTo = (port: MessagePort, release: () => void): void => {
    listen(port, 'message', (event: MessageEvent) => {
      const { items } = dataOf(event) as FromNested;
      for (let i = 0; i < items.length; i++) {
        const item = items[i];
        if (item?.type === 'closed') release();
        else if (item?.type === 'console' || item?.type === 'note' || item?.type === 'omitted') output.put(item);
      }
      postTo(port, { type: 'batch-taken' });
    });
    startPort(port);
  };

  const Observing = seenThrough(Native, {
    construct(target, args: [unknown, WorkerOptions?], newTarget) {
      const address = `${args[0] as string}`;
      if (address.slice(0, 5) !== 'blob:') {
        tellOnce('Worker', words.file);
        args[0] = address;
        return construct(target, args, newTarget) as Worker;
      }
      if (running >= mostWorkers) throw new RangeError(words.many);
      const options = args[1];
      const start: NestedStart = {
        type: 'nested-start',
        address: keptAddress(address),
        isModule: options?.type === 'module',
        base,
      };
      const worker = construct(target, [script, { ...options, type: 'classic' }], newTarget) as Worker;
      const channel = new NativeChannel();
      const release = holdWorker();
      releases.set(worker, release);
      listenTo(ourEnd(channel), release);
      post(worker, start, only(itsEnd(channel)));
      return worker;
    },
  });
  prototype.terminate = seenThrough(prototype.terminate, {
    apply(terminate, worker: Worker, args: []) {
      apply(terminate, worker, args);
      releases.get(worker)?.();
    },
  });
  prototype.constructor = Observing;
  scope.Worker = Observing;
}

/**
 * Remembers scripts beyond their address, because programs revoke it right after use and ours loads it a little later. Returns a
 * function that gives a lasting address for the same script.
 */
function keepScripts(scope: typeof URL): (address: string) => string {
  const { createObjectURL, revokeObjectURL } = scope;
  const NativeBlob = Blob;
  const blobs = new OwnMap<string, Blob>();
  scope.createObjectURL = seenThrough(createObjectURL, {
    apply(create, self, args: [Blob]) {
      const address = apply(create, self, args);
      if (args[0] instanceof NativeBlob) blobs.set(address, args[0]);
      return address;
    },
  });
  scope.revokeObjectURL = seenThrough(revokeObjectURL, {
    apply(revoke, self, args: [string]) {
      const address = `${args[0]}`;
      apply(revoke, self, [address]);
      blobs.delete(address);
    },
  });
  return (address) => {
    const blob = blobs.get(address);
    // A Worker accepts a script of any type, but `importScripts` and `import()` need a script's type.
    return blob ? apply(createObjectURL, scope, [new NativeBlob([blob], { type: 'text/javascript' })]) : address;
  };
}
