/** The Worker of a run's switch. No code of the reader's runs here. */
import { RunHost } from '../../../../in-page/run/run-host.ts';
import type { ToRun } from '../../../../in-page/run/run-messages.ts';
import type { SwitchJoin, SwitchStart } from './in-page-frame.ts';

export function startSwitch({ settings }: SwitchStart, port: MessagePort): void {
  const host = new RunHost({ settings, port, now: () => performance.now() });
  port.onmessage = ({ data }: MessageEvent<ToRun>) => host.take(data);
  addEventListener('message', ({ data: { names }, ports }: MessageEvent<SwitchJoin>) =>
    host.join(names.map((name, i) => ({ name, port: ports[i] as MessagePort }))),
  );
}
