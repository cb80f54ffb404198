/**
 * Runs every example of the lessons once as it stands, against its recorded trace; an exercise also with its solution, and with
 * the wrong attempts that the network in the page cannot judge. Each has its own page, and some run side by side, since a run mostly waits for its link.
 */
import type { Locator, Page } from 'playwright';
import { describe, expect, test } from 'vitest';
import {
  examples,
  isExercise,
  isJudgedInPage,
  isShownByOneRun,
  pagesOfExamples,
  recordedTrace,
  variesOf,
  wrongAttempts,
} from '../scripts/record/examples.ts';
import { traceDifferences } from '../scripts/record/trace-differences.ts';
import { openPage, origin, type PlaygroundParts, playgroundOf } from './setup/browser.ts';
import { endedEarly } from './setup/ended-early.ts';
import { longestFirst } from './setup/longest-first.ts';
import { browser, browserForFile, wide } from './setup/pages.ts';
import { runToRest } from './setup/run.ts';
import { isNone, upToThree } from './setup/up-to-three.ts';

browserForFile();

const pages = pagesOfExamples();

const inOrder = longestFirst();

test('every example is on a page and has a recorded trace', () => {
  expect(examples().filter((example) => !pages.has(example))).toEqual([]);
  expect(examples().filter((example) => !recordedTrace(example))).toEqual([]);
});

interface Opened {
  page: Page;
  parts: PlaygroundParts;
  /** Presses Check, and returns what it says. */
  check(): Promise<string>;
  /** Puts a program into the editor. */
  write(program: string): Promise<void>;
}

/**
 * Opens the page of an example with the light editor alone, since either editor runs the same program. Switches animation off: it
 * would take more of the machine than all the rest, and changes nothing in the trace.
 */
async function open(example: string): Promise<Opened> {
  const page = await browser.newPage({ ...wide, reducedMotion: 'reduce' });
  await page.route(/monaco|editor\.api/i, (route) => route.abort());
  await openPage(page, origin() + (pages.get(example) ?? '/'));
  const parts = playgroundOf(page, page.locator(`[data-example="${example}"]`));
  const verdict: Locator = parts.region.locator('.pg-verdict');
  return {
    page,
    parts,
    async check() {
      for (let tries = 0; ; tries++) {
        await parts.region.getByRole('button', { name: 'Check' }).click();
        await verdict.filter({ hasText: /^(Passed|Not yet)\./ }).waitFor();
        const said = await verdict.innerText();
        // A check says when the machine is too busy to tell, and asks for another run.
        if (tries === mostUndecided || !said.includes('Check again when it has less to do')) return said;
        await runToRest(page, parts);
      }
    },
    async write(program) {
      await parts.reset.click();
      await parts.region.getByRole('textbox', { name: 'client.ts, editor' }).fill(program);
    },
  };
}

/** How often a check may say that it cannot tell. */
const mostUndecided = 4;

/** Returns the words that the text does not contain in this order. */
function missingWords(said: string, words: readonly string[]): string[] {
  let from = 0;
  return words.filter((word) => {
    const at = said.indexOf(word, from);
    if (at >= 0) from = at + word.length;
    return at < 0;
  });
}

/** Returns the verdict on a run. Runs again while the verdict is not right, three times at most. */
async function verdictOnRuns({ page, parts, check }: Opened, isRight: (said: string) => boolean): Promise<string> {
  return await upToThree(async () => {
    const run = await runToRest(page, parts).catch(endedEarly);
    return run instanceof Error ? run.message : await check();
  }, isRight);
}

async function agreesWithItsTrace(example: string, { page, parts }: Opened): Promise<void> {
  const recorded = recordedTrace(example);
  if (!recorded) throw new Error(`${example} has no trace.json: npm run record -- ${example}`);
  const varies = await variesOf(example);
  const differences = await upToThree(async () => {
    const run = await runToRest(page, parts).catch(endedEarly);
    return run instanceof Error ? [run.message] : traceDifferences(recorded, run, varies);
  }, isNone);
  expect(
    differences,
    `${example} is not what its trace.json says. Where the lesson is right: npm run record -- ${example}`,
  ).toEqual([]);
}

describe.concurrent.each(inOrder.filter(isExercise))('the exercise %s', { timeout: 300_000 }, (example) => {
  test('does what its trace says without passing, and passes with its solution', async () => {
    const opened = await open(example);
    await using _page = opened.page;
    const { parts, check, write } = opened;
    await agreesWithItsTrace(example, opened);
    const starter = await check();
    expect(starter, 'the starter').toMatch(/^Not yet\. .{40}/);

    // in-page/stock-server/exercises.test.ts has the others.
    const attempts = wrongAttempts(example).filter((attempt) => !isJudgedInPage(example) || !isShownByOneRun(attempt));
    for (const { file, text, verdict } of attempts) {
      await write(text);
      const isRight = (said: string): boolean => said.startsWith('Not yet.') && missingWords(said, verdict).length === 0;
      const said = await verdictOnRuns(opened, isRight);
      expect(said, file).toMatch(/^Not yet\./);
      expect(missingWords(said, verdict), `${file} was answered: ${said}`).toEqual([]);
    }

    await parts.reset.click();
    await parts.region.getByRole('button', { name: 'Solution' }).click();
    expect(await verdictOnRuns(opened, (said) => said.startsWith('Passed.')), 'the solution').toMatch(/^Passed\./);
  });
});

describe.concurrent.each(inOrder.filter((example) => !isExercise(example)))('the example %s', { timeout: 120_000 }, (example) => {
  test('does what its recorded trace says', async () => {
    const opened = await open(example);
    await using _page = opened.page;
    await agreesWithItsTrace(example, opened);
  });
});
