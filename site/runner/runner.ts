/** Runs readers' programs where they can do no harm: in Workers of a sandboxed frame that is thrown away on Stop. */
import type { ClientProgram, StartRun, WorkerItem } from '../../protocol/messages/runner-messages.ts';
import { ClientChannel } from './client-channel.ts';
import { makeSandboxFrame, type SandboxFrame } from './sandbox-frame.ts';
import frameAddress from './sandboxed/main.ts?runner-frame';

/** What a runner needs. */
export interface RunnerOptions {
  /** Origin of the sandbox server, such as `http://localhost:4321`; programs can connect to nothing else. */
  sandbox: string;
  /** What a client's program did, in its order. Times are ms since the Unix epoch, on the page's clock. */
  onItem(client: string, item: WorkerItem): void;
  /** The program has let nothing else run for 2 s (a note says so too), or does again. */
  onBusy?(client: string, isBusy: boolean): void;
  /** The runner has ended the run by itself. `why` is a sentence for the reader; `client` is absent where it is no client's doing. */
  onEnded?(why: string, client?: string): void;
}

/** See `createRunner`. */
export interface Runner {
  /** Makes the frame and a Worker now, so that a later `start` need not wait for them. Does nothing while there is one. */
  prewarm(): void;
  /** Starts a run; one that is on is stopped. `base` is that of `StartRun`. Throws where it is on another origin than `sandbox`. */
  start(programs: readonly ClientProgram[], base: string): void;
  /** Adds a client to the run that is on. Throws an Error where none is. */
  add(program: ClientProgram): void;
  /** Ends the run at once, whatever the programs do. Nothing is reported after it. */
  stop(): void;
  readonly isRunning: boolean;
}

/** What to say where the runner has failed, and not the program. */
const faultWords = (text: string): string =>
  `The runner of this page failed, and the program was not run: ${text}. Press Run again; where that does not help, reload the page.`;

/** Makes a runner. It puts its frame, which nobody sees, at the end of `<body>`. */
export function createRunner({ sandbox, onItem, onBusy, onEnded }: RunnerOptions): Runner {
  let current: SandboxFrame | undefined;
  let base: string | undefined;
  let channels: ClientChannel[] = [];

  /** The frame that there is, or a new one. One that cannot be had makes room for another try. */
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

  /** Ends the run for a reason that the reader did not give. */
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
    // The frame's origin is opaque, so no target origin can be named; the window is the frame's own.
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
      if (base === undefined) throw new Error('Cannot add a client: no run is on');
      launch([program], base);
    },
    stop,
    get isRunning() {
      return base !== undefined;
    },
  };
}
