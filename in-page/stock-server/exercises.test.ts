/** Exercises that set a link in an address: solutions pass on the stock server, and wrong attempts fail for what is wrong with them. */
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import type { Check } from '../../protocol/messages/exercise.ts';
import { flightsOf } from '../../protocol/trace/flight-index.ts';
import { wrongAttempts } from '../../scripts/record/examples.ts';
import { runLesson } from './testing/run-lesson.ts';

const exercises = [
  '1-1-what-a-channel-is/make-the-three',
  '1-2-simplex/resume',
  '2-3-long-polling/nothing-lost',
  '3-10-reconnecting/come-back',
  '3-7-ping-and-pong/heartbeat',
  '3-9-backpressure/window',
];

async function verdictOn(example: string, file: string): Promise<ReturnType<Check>> {
  const { default: check } = (await import(/* @vite-ignore */ pathToFileURL(`content/${example}/check.ts`).href)) as {
    default: Check;
  };
  const { trace } = await runLesson(example, file);
  return check(trace, flightsOf(trace));
}

test.each(exercises)('the solution of %s passes', async (example) => {
  expect(await verdictOn(example, 'solution.ts')).toMatchObject({ passed: true });
});

/** Attempts that one run shows to be wrong; those that only many seeds show are judged with those (e2e/exercises.test.ts). */
const shownByOneRun = exercises.flatMap((example) =>
  wrongAttempts(example)
    .filter(({ verdict }) => !verdict.some((part) => /^With seed \d/.test(part)))
    .map((attempt) => ({ example, ...attempt })),
);

test.each(shownByOneRun)('$file of $example gets the verdict at its head', async ({ example, file, verdict }) => {
  const { passed, message } = await verdictOn(example, file);
  expect(passed).toBe(false);
  for (const part of verdict) expect(message).toContain(part);
});
