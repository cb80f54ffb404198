/** The frame's part in runs under many seeds: a Worker for their switches and one for each program, which take all the runs. */
import type { StartSeeds } from '../../../../../in-page/run/seed-messages.ts';
import type { WatchedWorker } from '../../watched-worker.ts';
import type { SeedsProgramStart } from './seeds-program.ts';
import type { SeedsSwitchStart } from './seeds-switch.ts';

/** `port` is the page's. */
export function startSeeds({ settings, programs }: StartSeeds, port: MessagePort, takeWorker: () => WatchedWorker): void {
  const switchWorker = takeWorker();
  const toPrograms = programs.map((program, i) => {
    const { port1, port2 } = new MessageChannel();
    const start: SeedsProgramStart = { type: 'seeds-program-start', program, index: i + 1 };
    takeWorker().post(start, [port2], program.code);
    return port1;
  });
  const start: SeedsSwitchStart = { type: 'seeds-switch-start', settings, names: programs.map(({ name }) => name) };
  switchWorker.post(start, [port, ...toPrograms]);
}
