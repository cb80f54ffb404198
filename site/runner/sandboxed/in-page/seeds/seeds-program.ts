/**
 * One program that runs under many seeds, run after run in the same Worker: each has a fresh program, clock, chance and scope, and
 * imports the program's file again under another address. What it prints goes nowhere.
 */
import type { SeedDelivered, ToSeedProgram } from '../../../../../in-page/run/seed-messages.ts';
import type { Delivery, InPageProgram } from '../../../../../in-page/run/run-messages.ts';
import { serveProgram } from '../../../../../in-page/run/serve-program.ts';
import { epochNow } from '../../clock.ts';
import { dataOf, listen, postTo } from '../../natives.ts';
import { Output } from '../../output/output.ts';
import type { FromWorker } from '../../watched-worker.ts';
import { macrotasks } from '../macrotasks.ts';
import { programInRun } from '../program-in-run.ts';
import { keepGlobals } from './kept-globals.ts';

/** Frame to Worker, once, with its port to the switch. */
export interface SeedsProgramStart {
  type: 'seeds-program-start';
  program: InPageProgram;
  /** See `ProgramStart`. */
  index: number;
}

const ready = Promise.resolve();

export function startSeedsProgram({ program, index }: SeedsProgramStart, switchPort: MessagePort): void {
  const postToFrame = (self.postMessage as (message: FromWorker) => void).bind(globalThis);
  const macrotask = macrotasks();
  const putBack = keepGlobals(globalThis);
  let current = -1;
  let deliver: (delivery: Delivery) => void = () => undefined;

  const begin = (run: number, seed: number): void => {
    putBack();
    current = run;
    serveProgram(programInRun({ program, index, seed, output: unheard(), postToFrame, macrotask, ready }), {
      post: (outcome) => {
        if (run === current) postTo(switchPort, { ...outcome, run } satisfies SeedDelivered);
      },
      onDelivery: (take) => (deliver = take),
    });
  };

  listen(switchPort, 'message', (event: MessageEvent) => {
    const message = dataOf(event) as ToSeedProgram;
    if (message.type === 'begin-run') begin(message.run, message.seed);
    else deliver(message);
  });
  switchPort.start();
}

/** An output that is always taken, and read by nobody. */
function unheard(): Output {
  const output: Output = new Output({ post: () => output.answered(), now: epochNow, later: () => undefined });
  return output;
}
