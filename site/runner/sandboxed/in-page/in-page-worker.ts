/** A Worker of a run in the page, or of many: the switch's, or a program's. */
import { dataOf, listen, portsOf } from '../natives.ts';
import type { ProgramStart, SwitchStart } from './in-page-frame.ts';
import { startProgram } from './program-worker.ts';
import { type SeedsProgramStart, startSeedsProgram } from './seeds/seeds-program.ts';
import { type SeedsSwitchStart, startSeedsSwitch } from './seeds/seeds-switch.ts';
import { startSwitch } from './switch-worker.ts';

/** Waits for the frame to say what it is. */
export function startInPageWorker(): void {
  const start = (event: MessageEvent): void => {
    // The program's own messages may follow, but this is not one of them.
    event.stopImmediatePropagation();
    const message = dataOf(event) as ProgramStart | SwitchStart | SeedsProgramStart | SeedsSwitchStart;
    const ports = portsOf(event);
    if (message.type === 'switch-start') startSwitch(message, ports[0] as MessagePort);
    else if (message.type === 'seeds-switch-start') startSeedsSwitch(message, ports);
    else if (message.type === 'seeds-program-start') startSeedsProgram(message, ports[0] as MessagePort);
    else startProgram(message, ports[0] as MessagePort, ports[1] as MessagePort);
  };
  listen(self, 'message', start, { once: true });
}
