/** One program of a run in the page: runs it, joins it to the switch, and reports to the page what it prints and throws. */
import { chancesOf } from '../../../../in-page/program/chance.ts';
import { Program, type Surroundings } from '../../../../in-page/program/program.ts';
import type { Delivery } from '../../../../in-page/run/run-messages.ts';
import { serveProgram } from '../../../../in-page/run/serve-program.ts';
import { epochNow } from '../clock.ts';
import { faultText } from '../faults.ts';
import { dataOf, listen, postTo } from '../natives.ts';
import { takeOverConsole } from '../output/console.ts';
import { openPagePort } from '../page-port.ts';
import type { FromWorker } from '../watched-worker.ts';
import type { ProgramStart } from './in-page-frame.ts';
import { macrotasks } from './macrotasks.ts';
import { RunningProgram } from './running-program.ts';

export function startProgram({ program, index, seed }: ProgramStart, pagePort: MessagePort, switchPort: MessagePort): void {
  const postToFrame = (self.postMessage as (message: FromWorker) => void).bind(globalThis);
  const { output, heardFromPage } = openPagePort(pagePort);
  let running: RunningProgram | undefined;
  const start = (surroundings: Surroundings): void => {
    takeOverConsole(console, output, () => surroundings.clock.read());
    running = new RunningProgram({ program, output, surroundings, chances: chancesOf(seed, index), postToFrame });
    const begun = heardFromPage.then(() => running?.run()).catch(fault);
    // The run waits until the program has begun, however long its Worker takes.
    void surroundings.activity.hold(begun);
  };
  const fault = (thrown: unknown): void => output.put({ type: 'fault', time: epochNow(), text: faultText(thrown) });
  const inRun = new Program({
    name: program.name,
    index,
    macrotask: macrotasks(),
    start,
    onError: (thrown) => (running ? running.report('thrown', thrown) : fault(thrown)),
  });
  serveProgram(inRun, {
    post: (outcome) => postTo(switchPort, outcome),
    onDelivery(take) {
      listen(switchPort, 'message', (event: MessageEvent) => take(dataOf(event) as Delivery));
      switchPort.start();
    },
  });
}
