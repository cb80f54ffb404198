/** A program of a run in the page, with its surroundings set up when it starts. */
import { chancesOf } from '../../../../in-page/program/chance.ts';
import { Program, type Surroundings } from '../../../../in-page/program/program.ts';
import type { InPageProgram } from '../../../../in-page/run/run-messages.ts';
import { epochNow } from '../clock.ts';
import { faultText } from '../faults.ts';
import { takeOverConsole } from '../output/console.ts';
import type { Output } from '../output/output.ts';
import type { FromWorker } from '../watched-worker.ts';
import { RunningProgram } from './running-program.ts';

export interface ProgramInRunParts {
  program: InPageProgram;
  /** Unique in the run: from 1, in the order in which programs began. */
  index: number;
  /** That of the run. */
  seed: number;
  output: Output;
  postToFrame: (message: FromWorker) => void;
  /** See `Program`. */
  macrotask: () => Promise<void>;
  /** Its first line waits for this. */
  ready: Promise<void>;
}

/** Returns the program; the switch's first delivery starts it. */
export function programInRun({ program, index, seed, output, postToFrame, macrotask, ready }: ProgramInRunParts): Program {
  let running: RunningProgram | undefined;
  const start = (surroundings: Surroundings): void => {
    takeOverConsole(console, output, () => surroundings.clock.read());
    running = new RunningProgram({ program, output, surroundings, chances: chancesOf(seed, index), postToFrame });
    const begun = ready.then(() => running?.run()).catch(fault);
    // The run waits until the program has begun, however long its Worker takes.
    void surroundings.activity.hold(begun);
  };
  const fault = (thrown: unknown): void => output.put({ type: 'fault', time: epochNow(), text: faultText(thrown) });
  return new Program({
    name: program.name,
    index,
    macrotask,
    start,
    onError: (thrown) => (running ? running.report('thrown', thrown) : fault(thrown)),
  });
}
