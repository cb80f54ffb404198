/**
 * The frame's part in runs under many seeds: one Worker for their switches, and lanes of Workers for their programs. A lane takes
 * one run after another.
 */
import type { StartSeeds } from '../../../../../in-page/run/seed-messages.ts';
import type { WatchedWorker } from '../../watched-worker.ts';
import type { SeedsProgramStart } from './seeds-program.ts';
import type { SeedsSwitchStart } from './seeds-switch.ts';

/** Two keep two cores busy; more than that would wait for the one switch. */
const lanes = 2;

/** `port` is the page's. */
export function startSeeds({ settings, programs }: StartSeeds, port: MessagePort, takeWorker: () => WatchedWorker): void {
  const switchWorker = takeWorker();
  const ports = Array.from({ length: lanes }, () => programs)
    .flatMap((lane) => [...lane.entries()])
    .filter(([, { code }]) => code !== undefined)
    .map(([i, program]) => {
      const { port1, port2 } = new MessageChannel();
      const start: SeedsProgramStart = { type: 'seeds-program-start', program, index: i + 1 };
      takeWorker().post(start, [port2], program.code);
      return port1;
    });
  const start: SeedsSwitchStart = {
    type: 'seeds-switch-start',
    settings,
    programs: programs.map(({ name, code }) => ({ name, isStock: code === undefined })),
    lanes,
  };
  switchWorker.post(start, [port, ...ports]);
}
