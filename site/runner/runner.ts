/** Runs readers' programs where they can do no harm: in Workers of a sandboxed frame that Stop throws away. */
import type { ClientProgram, StartRun, WorkerItem } from '../../protocol/messages/runner-messages.ts';
import { ClientChannel } from './client-channel.ts';
import { makeSandboxFrame, type SandboxFrame } from './sandbox-frame.ts';
import frameAddress from './sandboxed/main.ts?runner-frame';

/** What a runner needs. */
export interface RunnerOptions {
  /** Origin of the sandbox server, such as `http://localhost:4321`; programs can connect to nothing else. */
  sandbox: string;
  /** Called with what a client's program did, in order. Times are ms since the Unix epoch, on the page's clock. */
  onItem(client: string, item: WorkerItem): void;
  /** Called when a program has blocked its thread for 2 s (a note says so too), and when it goes on. */
  onBusy?(client: string, isBusy: boolean): void;
  /**
   * Called when the runner itself has ended the run. `why` is a sentence for the reader; `client` is absent if no client caused
   * it.
   */
  onEnded?(why: string, client?: string): void;
}

/** See `createRunner`. */
export interface Runner {
  /** Makes the frame and a Worker now, so that a later `start` need not wait. Does nothing if they are there. */
  prewarm(): void;
  /** Starts a run and stops one that is on. `base` is that of `StartRun`. Throws if it is on another host than `sandbox`. */
  start(programs: readonly ClientProgram[], base: string): void;
  /** Adds a client to the run. Throws an Error if no run is on. */
  add(program: ClientProgram): void;
  /** Ends the run at once, whatever the programs are doing, and reports nothing more. */
  stop(): void;
  readonly isRunning: boolean;
}

/** Returns what to say when the runner itself has failed, not the program. */
const faultWords = (text: string): string =>
  `The runner of this page failed, and the program was not run: ${text}. Press Run again; if that does not help, reload the page.`;

/** Makes a runner. Puts its invisible frame at the end of `<body>`. */
export function createRunner({ sandbox, onItem, onBusy, onEnded }: RunnerOptions): Runner {
  let current: SandboxFrame | undefined;
  let base: string | undefined;
  let channels: ClientChannel[] = [];

  /** Returns the current frame, or a new one. A frame that fails is discarded, so that the next call tries again. */
  const theFrame = (): SandboxFrame => {
    if (current) return current;
    const made = (current = makeSandboxFrame(frameAddress, (text) => {
      if (base === undefined) discard(made);
      else end(faultWords(text));
    }));
    made.ready.catch(() => discard(made));
    return made;
  };

  const discard = (frame: SandboxFrame | undefined): void => {
    frame?.remove();
    if (current === frame) current = undefined;
  };

  const stop = (): void => {
    if (base === undefined) return;
    base = undefined;
    for (const channel of channels) channel.close();
    channels = [];
    discard(current);
    setTimeout(theFrame);
  };

  /** Ends the run for a reason other than the reader's. */
  const end = (why: string, client?: string): void => {
    if (base === undefined) return;
    stop();
    onEnded?.(why, client);
  };

  const take = (client: string, item: WorkerItem): void => {
    if (item.type === 'fault') end(faultWords(item.text));
    else onItem(client, item);
  };

  const launch = (programs: readonly ClientProgram[], runBase: string): void => {
    const { ready } = theFrame();
    const ports = programs.map(({ client }) => {
      const { port1, port2 } = new MessageChannel();
      const channel = new ClientChannel(port1, client, {
        onItem: (item) => take(client, item),
        onBusy: (isBusy) => onBusy?.(client, isBusy),
        onBroken: (why) => end(why, client),
      });
      channels.push(channel);
      return port2;
    });
    // The frame's origin is opaque, so there is no target origin to name; the window is the frame's own.
    const message: StartRun = { type: 'start', clients: [...programs], base: runBase };
    ready.then(
      (window) => window.postMessage(message, '*', ports),
      ({ message: why }: Error) => end(why),
    );
  };

  return {
    prewarm: () => void theFrame(),
    start(programs, runBase) {
      if (new URL(runBase).host !== new URL(sandbox).host) throw new Error(`Cannot start: ${runBase} is not on ${sandbox}`);
      stop();
      base = runBase;
      launch(programs, runBase);
    },
    add(program) {
      if (base === undefined) throw new Error('Cannot add a client: nothing is running');
      launch([program], base);
    },
    stop,
    get isRunning() {
      return base !== undefined;
    },
  };
}
