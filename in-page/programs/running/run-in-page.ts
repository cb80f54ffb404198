/** Runs a tutorial's programs on the in-page network, in this process and under virtual time. */
import { programFolder } from '../../node/module-parts.ts';
import { ProgramExit, type Process } from '../../node/process/process.ts';
import { worldOf } from '../../node/testing/node-programs.ts';
import type { Activity } from '../../program/activity.ts';
import type { Surroundings } from '../../program/program.ts';
import { type Programs, runPrograms } from '../../testing/run-for-tests.ts';
import { evaluate } from './evaluate.ts';
import { pageGlobals, sharedGlobals } from './globals.ts';
import { holdBlobs } from './hold-blobs.ts';
import { emptyTranscript, mayStart, type Transcript, type TutorialProgram, uncaught } from './program.ts';

/** Longer than any of the programs runs on Node, ms of the run. */
const until = 5_000;
/** How often a client looks whether it may start, ms of the run. */
const lookEvery = 5;

/** Returns what a tutorial's programs print. */
export async function runInPage(tutorial: TutorialProgram): Promise<Transcript> {
  const transcript = emptyTranscript(tutorial);
  const activities: Activity[] = [];
  const onErrors = new Map<string, (error: unknown) => void>();

  const start = (name: string, on: 'browser' | 'node', code: string, surroundings: Surroundings): void => {
    activities.push(surroundings.activity);
    const seed = activities.length;
    const print = (line: string): void => void transcript[name]?.push(line);
    const run = (act: () => unknown, onError: (error: unknown) => void): void => {
      onErrors.set(name, onError);
      try {
        const running = act();
        if (running instanceof Promise) running.catch(onError);
      } catch (error) {
        onError(error);
      }
    };
    if (on === 'browser') {
      const globals = pageGlobals(surroundings, seed, print);
      run(
        () => evaluate(code, globals),
        (error) => print(uncaught(error)),
      );
      return;
    }
    const nextTick = (callback: () => void): void => queueMicrotask(() => run(callback, onError));
    const world = worldOf(surroundings, { nextTick, onExit: surroundings.exit, files: tutorial.files });
    const process = world.modules.get('process') as Process;
    const onError = (error: unknown): void => {
      if (error instanceof ProgramExit || process.emit('uncaughtException', error, 'uncaughtException')) return;
      print(uncaught(error));
      surroundings.exit();
    };
    const globals = { ...world.globals, ...sharedGlobals(surroundings, seed, print) };
    run(() => evaluate(code, globals, { require: world.require, folder: programFolder }), onError);
  };

  const programs: Programs = { server: (surroundings) => start('server', 'node', tutorial.server, surroundings) };
  const names = ['server'];
  for (const [i, client] of tutorial.clients.entries()) {
    names.push(client.name);
    programs[String.fromCharCode(65 + i)] = (surroundings) => {
      const look = (): void => {
        if (mayStart(client, transcript)) start(client.name, client.on, client.code, surroundings);
        else surroundings.clock.set(look, lookEvery, false);
      };
      look();
    };
  }
  const restore = holdBlobs(activities);
  try {
    const keys = Object.keys(programs);
    const onError = (error: unknown, key: string): void => onErrors.get(names[keys.indexOf(key)] ?? '')?.(error);
    await runPrograms(programs, {}, { until, mostSteps: 100_000 }, onError);
  } finally {
    restore();
  }
  return transcript;
}
