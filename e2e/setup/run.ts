/** Runs a playground as a reader does and returns its trace. */
import type { Page } from 'playwright';
import { expect } from 'vitest';
import { effectsBeforeCauses } from '../../protocol/trace/effects-before-causes.ts';
import type { Trace } from '../../protocol/trace/trace.ts';
import { type PlaygroundParts, playgroundOf } from './browser.ts';
import { traceOfRun } from './trace-of-run.ts';

/** Presses Run, waits until the run comes to rest, and returns its trace. Fails if an effect comes before its cause. */
export async function runToRest(page: Page, { region, run }: PlaygroundParts = playgroundOf(page)): Promise<Trace> {
  const trace = await traceOfRun(region, run);
  expect(effectsBeforeCauses(trace)).toEqual([]);
  return trace;
}
