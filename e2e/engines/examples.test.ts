/** Every example does in every engine what its recorded trace says, and every solution passes its check. */
import { describe, expect, test } from 'vitest';
import { isExercise, pagesOfExamples, recordedTrace, variesOf } from '../../scripts/record/examples.ts';
import { traceDifferences } from '../../scripts/record/trace-differences.ts';
import { endedEarly } from '../setup/ended-early.ts';
import { longestFirst } from '../setup/longest-first.ts';
import { isNone, upToThree } from '../setup/up-to-three.ts';
import { describeEachEngine, type Using } from './setup/each-engine.ts';
import { EnginePlayground, openPage } from './setup/playground.ts';

const pages = pagesOfExamples();

// Switch animation off: it changes nothing in the trace, and the machine has less to do.
const likes = { lessMotion: true };

const tests = (using: Using): void => {
  test('the page sees that the reader prefers reduced motion', async () => {
    await using.page(async (page) => {
      await openPage(page, using.origin);
      expect(await page.evaluate(() => matchMedia('(prefers-reduced-motion: reduce)').matches)).toBe(true);
    });
  });

  describe.concurrent.each(longestFirst())('%s', { timeout: 300_000 }, (example) => {
    test('does what its recorded trace says, and an exercise passes with its solution', async () => {
      const recorded = recordedTrace(example);
      if (!recorded) throw new Error(`${example} has no trace.json: npm run record -- ${example}`);
      await using.page(async (page) => {
        await openPage(page, using.origin + (pages.get(example) ?? '/'));
        const playground = new EnginePlayground(page, `[data-example="${example}"]`);
        const { engines, ...always } = await variesOf(example);
        const differences = await upToThree(async () => {
          const run = await playground.runToRest().catch(endedEarly);
          return run instanceof Error ? [run.message] : traceDifferences(recorded, run, { ...always, ...engines });
        }, isNone);
        expect(differences, await linesOf(playground)).toEqual([]);
        if (!isExercise(example)) return;
        const check = async (): Promise<string> => {
          for (let tries = 0; ; tries++) {
            await playground.showSolution();
            const run = await playground.runToRest().catch(endedEarly);
            const said = run instanceof Error ? run.message : await playground.check();
            // A check says when the machine is too busy to tell, and asks for another run.
            if (tries === mostUndecided || !said.includes('Check again when it has less to do')) return said;
          }
        };
        const said = await upToThree(check, (verdict) => verdict.startsWith('Passed.'));
        expect(said, 'the solution').toMatch(/^Passed\./);
      });
    });
  });
};

/** How often a check may say that it cannot tell. */
const mostUndecided = 4;

const linesOf = async (playground: EnginePlayground): Promise<string> => `The console:\n${(await playground.lines()).join('\n')}`;

describeEachEngine('the examples', tests, likes);
