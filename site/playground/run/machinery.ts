/** What a run needs, fetched when one seems near. */
import type { Runner, RunnerOptions } from '../../runner/runner.ts';
import { loadPart } from '../load-part.ts';
import type { Run } from './run.ts';
import { unreachable } from '../session/sandbox-error.ts';
import type { SessionPool } from '../session/session-pool.ts';

export interface Machinery {
  Run: typeof Run;
  runner: Runner;
  sessions: SessionPool;
}

/** Loads everything. Rejects with a PartError if it does not load. */
export function fetchMachinery(options: RunnerOptions): Promise<Machinery> {
  const { sandbox } = options;
  const fetchAll = async (): Promise<Machinery> => {
    const { createRunner, Run, Sessions } = await import('./lazy-run.ts');
    return { Run, runner: createRunner(options), sessions: new Sessions(sandbox) };
  };
  return loadPart('The part that runs programs', fetchAll, unreachable(sandbox));
}
