/** One program of a run in the page: runs it, joins it to the switch, and reports to the page what it prints and throws. */
import type { Delivery } from '../../../../in-page/run/run-messages.ts';
import { serveProgram } from '../../../../in-page/run/serve-program.ts';
import { dataOf, listen, postTo } from '../natives.ts';
import { openPagePort } from '../page-port.ts';
import type { FromWorker } from '../watched-worker.ts';
import type { ProgramStart } from './in-page-frame.ts';
import { macrotasks } from './macrotasks.ts';
import { programInRun } from './program-in-run.ts';

export function startProgram({ program, index, seed }: ProgramStart, pagePort: MessagePort, switchPort: MessagePort): void {
  const postToFrame = (self.postMessage as (message: FromWorker) => void).bind(globalThis);
  const { output, heardFromPage } = openPagePort(pagePort);
  const macrotask = macrotasks();
  const inRun = programInRun({ program, index, seed, output, postToFrame, macrotask, ready: heardFromPage });
  serveProgram(inRun, {
    post: (outcome) => postTo(switchPort, outcome),
    onDelivery(take) {
      listen(switchPort, 'message', (event: MessageEvent) => take(dataOf(event) as Delivery));
      switchPort.start();
    },
  });
}
