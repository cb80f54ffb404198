import { expect } from 'vitest';
import type { Case } from './case.ts';
import { type EchoOf, runCases } from './suite.ts';

/** Runs the cases. Fails the test with a line for each case that the server fails. */
export async function expectToPass(cases: readonly Case[], echoOf?: EchoOf): Promise<void> {
  const outcomes = await runCases(cases, echoOf);
  expect(outcomes).toHaveLength(cases.length);
  const failed = outcomes.filter(({ passed }) => !passed);
  expect(failed.map(({ id, title, detail }) => `${id} ${title}: ${detail ?? ''}`)).toEqual([]);
}
