/** Runs programs side by side, and prints a line when each ends. Shows a program's output only if it fails. */
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { root } from './root.ts';
import { duration } from './test/test-summary.ts';

/** A program that runs in Node. */
export interface Step {
  name: string;
  /** The script and its arguments, from the project's root. */
  script: readonly string[];
  /** Returns the part of its output that belongs in the line. */
  about?: (output: string) => string;
}

/** Runs the steps and returns the names of those that failed. When `signal` aborts, ends the programs and prints nothing more. */
export async function runSteps(
  steps: readonly Step[],
  {
    atOnce = availableParallelism(),
    signal,
    say = (line: string) => console.log(line),
  }: {
    atOnce?: number;
    signal?: AbortSignal | undefined;
    say?: (line: string) => void;
  } = {},
): Promise<string[]> {
  const failed: string[] = [];
  const rest = steps.values();
  const work = async (): Promise<void> => {
    for (const step of rest) {
      const began = performance.now();
      const { passed, output } = await run(step, signal);
      if (signal?.aborted) return;
      const about = step.about?.(output) ?? '';
      say(`${passed ? '✓' : '✗'} ${step.name} ${duration(performance.now() - began)}${about && `, ${about}`}`);
      if (passed) continue;
      failed.push(step.name);
      say(output.trimEnd());
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return failed;
}

async function run({ script }: Step, signal?: AbortSignal): Promise<{ passed: boolean; output: string }> {
  const child = spawn(process.execPath, script, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], ...(signal && { signal }) });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  return await new Promise((resolve) => {
    child.once('error', (error) => resolve({ passed: false, output: `${output}\n${error.message}` }));
    child.once('close', (status) => resolve({ passed: status === 0, output }));
  });
}
