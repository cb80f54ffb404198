/** The Worker of the switches of many runs, and of the sandbox's own server. No code of the reader's runs here. */
import { SeedHost, type SeedProgram } from '../../../../../in-page/run/seed-host.ts';
import type { SeedRunTaken, SeedSettings } from '../../../../../in-page/run/seed-messages.ts';
import { macrotasks } from '../macrotasks.ts';
import { stockPeer } from './stock-peer.ts';

/** Frame to the switch's Worker, once, with a port to the page and then one to each program that has a Worker, lane by lane. */
export interface SeedsSwitchStart {
  type: 'seeds-switch-start';
  settings: SeedSettings;
  /** The programs of each lane. */
  programs: { name: string; isStock: boolean }[];
  lanes: number;
}

export function startSeedsSwitch({ settings, programs, lanes }: SeedsSwitchStart, ports: readonly MessagePort[]): void {
  const [toPage, ...toPrograms] = ports as [MessagePort, ...MessagePort[]];
  const laneOf = (): SeedProgram[] => {
    const macrotask = macrotasks();
    return programs.map(({ name, isStock }, i) =>
      isStock ? (seed) => stockPeer({ name, index: i + 1, macrotask }, seed) : { name, port: toPrograms.shift() as MessagePort },
    );
  };
  const host = new SeedHost({ settings, port: toPage, lanes: Array.from({ length: lanes }, laneOf) });
  toPage.onmessage = (_taken: MessageEvent<SeedRunTaken>) => host.taken();
  void host.run();
}
