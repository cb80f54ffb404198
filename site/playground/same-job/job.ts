/** A job that several programs do, each in its own way. One line of each program holds the job's numbers. */
import type { Trace } from '../../../protocol/trace/trace.ts';
import { listenForFaults } from '../faults.ts';
import { PlaygroundModel } from '../playground-model.ts';
import type { Program } from '../run/program.ts';

/** What the reader may set. */
export interface Job {
  /** Time between two updates, ms. */
  every: number;
  /** The number of updates. */
  updates: number;
}

const line = /^const job = .*$/m;

/** Returns the program with these numbers in its line `const job = …`. Throws if it has no such line. */
export function withJob(code: string, { every, updates }: Job): string {
  if (!line.test(code)) throw new SyntaxError('Cannot set the job: the program has no line "const job = …"');
  return code.replace(line, `const job = { every: ${every}, updates: ${updates} };`);
}

/** Returns the numbers in a program's own text. */
export function jobOf(code: string): Job {
  const number = (name: string): number => Number(new RegExp(`^const job = .*\\b${name}: (\\d+)`, 'm').exec(code)?.[1]);
  return { every: number('every'), updates: number('updates') };
}

/**
 * Runs a program in its own session until it is at rest, and returns its trace. Rejects with a sentence if it could not run or
 * was stopped.
 */
export async function runToRest(program: Program, latency: number, stopped: AbortSignal): Promise<Trace> {
  const model = new PlaygroundModel({
    origin: location.origin,
    recorded: undefined,
    conditions: { latency },
    clients: 1,
    hasServer: () => false,
    compileServer: () => Promise.resolve(undefined),
    compile: () => Promise.resolve({ client: program, server: undefined }),
    shown: () => program.code,
    onProgramError: () => undefined,
  });
  const leave = listenForFaults(model);
  let unsubscribe = (): void => undefined;
  try {
    return await new Promise<Trace>((resolve, reject) => {
      const stop = (): void => {
        reject(new Error('Stopped'));
      };
      if (stopped.aborted) return stop();
      stopped.addEventListener('abort', stop, { once: true });
      let begun = false;
      unsubscribe = model.state.subscribe((state) => {
        if (state === 'resting') resolve(model.ownTrace());
        // The console gets its line later in the same turn.
        else if (state === 'ready' && begun) queueMicrotask(() => reject(new Error(lastWords(model))));
        begun ||= state !== 'ready';
      });
      void model.run();
    });
  } finally {
    unsubscribe();
    leave();
    model.stop();
  }
}

/** Returns why a run ended early, according to its console. */
function lastWords({ log }: PlaygroundModel): string {
  return log.latest('error')?.text ?? 'The run ended too early';
}
