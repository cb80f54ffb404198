/** Exercises under virtual time: solutions pass on the stock server, and wrong attempts fail for what is wrong with them. */
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import type { Check } from '../../protocol/messages/exercise.ts';
import { flightsOf } from '../../protocol/trace/flight-index.ts';
import { examples, isJudgedInPage, isShownByOneRun, wrongAttempts } from '../../scripts/record/examples.ts';
import { runLesson } from './testing/run-lesson.ts';

const exercises = examples().filter(isJudgedInPage);

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

const attempts = exercises.flatMap((example) =>
  wrongAttempts(example)
    .filter(isShownByOneRun)
    .map((attempt) => ({ example, ...attempt })),
);

test.each(attempts)('$file of $example gets the verdict at its head', async ({ example, file, verdict }) => {
  const { passed, message } = await verdictOn(example, file);
  expect(passed).toBe(false);
  for (const part of verdict) expect(message).toContain(part);
});

test('most exercises are judged here, with two wrong attempts each or more', () => {
  expect(exercises.length).toBeGreaterThanOrEqual(18);
  expect(attempts.length).toBeGreaterThanOrEqual(2 * exercises.length);
});
