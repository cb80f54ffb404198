/** The frame's own document: makes a Worker for the switch and one for each program, and joins them by ports. */
import type { StartSeeds } from '../../../../in-page/run/seed-messages.ts';
import type { FrameReady } from '../../../../protocol/messages/runner-messages.ts';
import type { InPageProgram, JoinInPage, RunSettings, StartInPage } from '../../../../in-page/run/run-messages.ts';
import { WatchedWorker } from '../watched-worker.ts';
import { startSeeds } from './seeds/seeds-frame.ts';

/** Frame to the switch's Worker, once, with the run's port to the page. */
export interface SwitchStart {
  type: 'switch-start';
  settings: RunSettings;
}

/** Frame to the switch's Worker, with a port for each name: these programs take part from now on. */
export interface SwitchJoin {
  type: 'switch-join';
  names: string[];
}

/** Frame to a program's Worker, once, with its ports to the page and to the switch. */
export interface ProgramStart {
  type: 'program-start';
  program: InPageProgram;
  /** Unique in the run: from 1, in the order in which programs began. */
  index: number;
  seed: number;
}

/** Workers that are kept ready: the switch, a server and a client. */
const spares = 3;

/** Starts accepting a run from the page. `source` is the text of the script for Workers. */
export function startInPageFrame(source: string): void {
  const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  const ready = Array.from({ length: spares }, () => new WatchedWorker(url));
  const takeWorker = (): WatchedWorker => ready.shift() ?? new WatchedWorker(url);
  const programs = new Map<string, WatchedWorker>();
  let run: { worker: WatchedWorker; seed: number } | undefined;
  let begun = 0;

  const join = (joining: readonly InPageProgram[], ports: readonly MessagePort[]): void => {
    if (!run) return;
    const { worker: switchWorker, seed } = run;
    const toSwitch = joining.map((program, i) => {
      const { port1, port2 } = new MessageChannel();
      programs.get(program.name)?.terminate();
      const worker = takeWorker();
      programs.set(program.name, worker);
      const start: ProgramStart = { type: 'program-start', program, index: ++begun, seed };
      worker.post(start, [ports[i] as MessagePort, port2], program.code);
      return port1;
    });
    const message: SwitchJoin = { type: 'switch-join', names: joining.map(({ name }) => name) };
    switchWorker.post(message, toSwitch);
  };

  addEventListener('message', ({ data, source: sender, ports }: MessageEvent<StartInPage | JoinInPage | StartSeeds>) => {
    if (sender !== parent) return;
    if (data.type === 'start-in-page' && !run) {
      const [port, ...own] = ports;
      run = { worker: takeWorker(), seed: data.settings.conditions.seed };
      run.worker.post({ type: 'switch-start', settings: data.settings } satisfies SwitchStart, [port as MessagePort]);
      join(data.programs, own);
    } else if (data.type === 'join-in-page') join(data.programs, ports);
    else if (data.type === 'start-seeds') startSeeds(data, ports[0] as MessagePort, takeWorker);
  });
  parent.postMessage({ type: 'frame-ready' } satisfies FrameReady, '*');
}
