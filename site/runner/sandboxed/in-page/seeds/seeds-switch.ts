/** The Worker of the switches of many runs. No code of the reader's runs here. */
import { SeedHost } from '../../../../../in-page/run/seed-host.ts';
import type { SeedRunTaken, SeedSettings } from '../../../../../in-page/run/seed-messages.ts';

/** Frame to the switch's Worker, once, with a port to the page and then one to each program. */
export interface SeedsSwitchStart {
  type: 'seeds-switch-start';
  settings: SeedSettings;
  names: string[];
}

export function startSeedsSwitch({ settings, names }: SeedsSwitchStart, [port, ...ports]: readonly MessagePort[]): void {
  const programs = names.map((name, i) => ({ name, port: ports[i] as MessagePort }));
  const toPage = port as MessagePort;
  const host = new SeedHost({ settings, port: toPage, programs });
  toPage.onmessage = (_taken: MessageEvent<SeedRunTaken>) => host.taken();
  void host.run();
}
