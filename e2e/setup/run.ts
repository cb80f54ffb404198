/** Runs a playground as a reader does, and hands over the trace of it. */
import type { Page } from 'playwright';
import type { Trace } from '../../protocol/trace.ts';
import { type PlaygroundParts, playgroundOf } from './browser.ts';
import { traceOfRun } from './trace-of-run.ts';

/** Presses Run, waits until the run has come to rest, and returns its trace. */
export async function runToRest(page: Page, { region, run }: PlaygroundParts = playgroundOf(page)): Promise<Trace> {
  return await traceOfRun(region, run);
}
