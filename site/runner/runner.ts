/** Runs readers' programs where they can do no harm: in Workers of a sandboxed frame that Stop throws away. */
import type { ClientProgram, StartRun, WorkerItem } from '../../protocol/messages/runner-messages.ts';
import { FrameHolder, faultWords } from './frame-holder.ts';
import { ProgramChannels } from './program-channels.ts';
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

/** Makes a runner. Puts its invisible frame at the end of `<body>`. */
export function createRunner({ sandbox, onItem, onBusy, onEnded }: RunnerOptions): Runner {
  let base: string | undefined;
  const frame = new FrameHolder(frameAddress, (text) => {
    if (base === undefined) frame.discard();
    else end(faultWords(text));
  });
  const channels = new ProgramChannels({
    onItem,
    onBusy: (client, isBusy) => onBusy?.(client, isBusy),
    onFault: (text) => end(faultWords(text)),
    onBroken: (why, client) => end(why, client),
  });

  const stop = (): void => {
    if (base === undefined) return;
    base = undefined;
    channels.close();
    frame.discard();
    setTimeout(() => frame.get());
  };

  /** Ends the run for a reason other than the reader's. */
  const end = (why: string, client?: string): void => {
    if (base === undefined) return;
    stop();
    onEnded?.(why, client);
  };

  const launch = (programs: readonly ClientProgram[], runBase: string): void => {
    const { ready } = frame.get();
    const ports = channels.open(programs.map(({ client }) => client));
    // The frame's origin is opaque, so there is no target origin to name; the window is the frame's own.
    const message: StartRun = { type: 'start', clients: [...programs], base: runBase };
    ready.then(
      (window) => window.postMessage(message, '*', ports),
      ({ message: why }: Error) => end(why),
    );
  };

  return {
    prewarm: () => void frame.get(),
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
