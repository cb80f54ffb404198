/** Runs readers' programs where they can do no harm: in Workers of a sandboxed frame that is thrown away on Stop. */
import type { ClientProgram, FrameReady, StartRun, WorkerItem } from '../../protocol/runner-messages.ts';
import { ClientChannel } from './client-channel.ts';
import { watchFrame } from './frame-watch.ts';
import { sandboxedPage } from './sandboxed-page.ts';
import script from './sandboxed/main.ts?bundled-script';

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

/** A frame on its way to readiness, or ready. */
interface Sandbox {
  frame: HTMLIFrameElement;
  ready: Promise<Window>;
}

/** What to say where the runner has failed, and not the program. */
const faultWords = (text: string): string =>
  `The runner of this page failed, and the program was not run: ${text}. Press Run again; where that does not help, reload the page.`;

/** Makes a runner. It puts its frame, which nobody sees, at the end of `<body>`. */
export function createRunner({ sandbox, onItem, onBusy, onEnded }: RunnerOptions): Runner {
  let current: (Sandbox & { unwatch: () => void }) | undefined;
  let base: string | undefined;
  let channels: ClientChannel[] = [];

  const theSandbox = (): Sandbox => (current ??= watched());
  const watched = (): Sandbox & { unwatch: () => void } => {
    const made = makeSandbox(sandbox);
    const unwatch = watchFrame(made.frame, made.ready, (text) => {
      if (base !== undefined) end(faultWords(text));
      else discard();
    });
    return { ...made, unwatch };
  };

  const discard = (): void => {
    current?.unwatch();
    current?.frame.remove();
    current = undefined;
  };

  const stop = (): void => {
    if (base === undefined) return;
    base = undefined;
    for (const channel of channels) channel.close();
    channels = [];
    discard();
    setTimeout(theSandbox);
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
    const { ready } = theSandbox();
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
    void ready.then((window) => window.postMessage(message, '*', ports));
  };

  return {
    prewarm: () => void theSandbox(),
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

function makeSandbox(sandbox: string): Sandbox {
  const frame = document.createElement('iframe');
  frame.setAttribute('sandbox', 'allow-scripts');
  frame.setAttribute('aria-hidden', 'true');
  frame.tabIndex = -1;
  frame.title = 'Sandbox of the running program';
  frame.style.display = 'none';
  frame.srcdoc = sandboxedPage(sandbox, script);
  const ready = new Promise<Window>((resolve) => {
    addEventListener('message', function listen({ source, data }: MessageEvent<Partial<FrameReady> | null>) {
      // A frame that was removed before it was ready never says so: its listener goes with the next message.
      if (!frame.isConnected) return removeEventListener('message', listen);
      if (source !== frame.contentWindow || data?.type !== 'frame-ready' || !source) return;
      removeEventListener('message', listen);
      resolve(source as Window);
    });
  });
  document.body.append(frame);
  return { frame, ready };
}
