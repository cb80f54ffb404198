import { expect, test } from 'vitest';
import type { Case, FrameCase } from './case.ts';
import { groups, runCases } from './suite.ts';

const isFrameCase = (one: Case): one is FrameCase => 'steps' in one;

test('with the limits of a class, every case that asks for more than they allow closes with 1008 or 1009, and all others pass unchanged', async () => {
  const cases = groups.flatMap((group) => group.cases.filter(isFrameCase));
  const asClass = cases.map((one): FrameCase => ({ ...one, profile: 'class' }));
  const failed = (await runCases(asClass)).flatMap(({ passed }, i) => (passed ? [] : [asClass[i] as FrameCase]));
  // Each failed case exceeds a limit on the size or number of messages, or on fragments: expect the server to refuse it.
  const capped = failed.map((one): FrameCase => ({
    ...one,
    steps: one.steps.filter((step) => 'send' in step),
    ending: { by: 'policy', codes: [1008, 1009] },
  }));
  const outcomes = await runCases(capped);
  expect(outcomes.filter(({ passed }) => !passed).map(({ id, detail }) => `${id}: ${detail ?? ''}`)).toEqual([]);
  // In this order: a text of 256 KiB, messages of 256 KiB and more, 1 MiB in fragments, a thousand messages at once.
  const ids = '7.1.6 9.1.2-4 9.2.2-4 9.3.1-8 9.4.1-8 9.7.7 9.8.7'.split(' ').flatMap((range) => {
    const [, family = '', first, last = first] = /^(.*)\.(\d+)(?:-(\d+))?$/.exec(range) ?? [];
    return Array.from({ length: Number(last) - Number(first) + 1 }, (_, i) => `${family}.${Number(first) + i}`);
  });
  expect(failed.map(({ id }) => id)).toEqual(ids);
});
