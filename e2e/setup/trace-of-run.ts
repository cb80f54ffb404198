/** Runs a playground as a reader does. Kept apart from the tests' browser, since `npm run record` does the same. */
import type { Locator } from 'playwright';
import type { Trace } from '../../protocol/trace/trace.ts';
import { watchedTrace, watchRun } from './watch-run.ts';

/**
 * Presses `run`, waits until the run of the playground in `within` comes to rest, and returns its trace. Throws with the console
 * text if the run ends before that.
 */
export async function traceOfRun(within: Locator, run: Locator): Promise<Trace> {
  await within.evaluate(watchRun, 120_000);
  await run.click();
  return (await within.evaluate(watchedTrace)) as Trace;
}
