/** A Worker of a run in the page: the switch's, or a program's. */
import { dataOf, listen, portsOf } from '../natives.ts';
import type { ProgramStart, SwitchStart } from './in-page-frame.ts';
import { startProgram } from './program-worker.ts';
import { startSwitch } from './switch-worker.ts';

/** Waits for the frame to say what it is. */
export function startInPageWorker(): void {
  const start = (event: MessageEvent): void => {
    // The program's own messages may follow, but this is not one of them.
    event.stopImmediatePropagation();
    const message = dataOf(event) as ProgramStart | SwitchStart;
    const ports = portsOf(event);
    if (message.type === 'switch-start') startSwitch(message, ports[0] as MessagePort);
    else startProgram(message, ports[0] as MessagePort, ports[1] as MessagePort);
  };
  listen(self, 'message', start, { once: true });
}
