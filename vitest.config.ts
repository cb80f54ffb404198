import { randomInt } from 'node:crypto';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { endChildrenWithUs } from './scripts/test/ends-with-us.ts';

// For `npx vitest`, which does not come by scripts/test/test.ts.
endChildrenWithUs();

// Chooses the part of the thorough tests that this run does: see scripts/test/thorough.ts.
process.env['THOROUGH_SEED'] ??= String(randomInt(1, 1_000_000));

/** Tests that listen, spawn, ask tshark or compute for long, in folders whose other tests are pure and quick. */
const costly = '**/*.{server,tshark,long}.test.ts';
const thorough = '**/*.thorough.test.ts';

/** Returns a project of tests of similar cost, chosen by folder and name alone. Projects run one after another. */
const project = (
  groupOrder: number,
  name: string,
  test: TestProjectInlineConfiguration['test'],
): TestProjectInlineConfiguration => ({
  // Far longer than any test takes, so that a busy machine does not fail one.
  test: { name, environment: 'node', testTimeout: 180_000, hookTimeout: 180_000, sequence: { groupOrder }, ...test },
});

/** Options that all browser tests share. */
const inBrowser: TestProjectInlineConfiguration['test'] = {
  globalSetup: ['./e2e/setup/global-setup.ts'],
  // For tests marked as concurrent: runs of examples, which mostly wait for the link.
  maxConcurrency: 6,
  // Three were no faster, and more tests ran out of time when the machine was busy.
  maxWorkers: 2,
  // The default of one second is what a run takes to begin on a busy machine.
  expect: { poll: { timeout: 20_000 } },
};

/** Files that take minutes: if they began last, everything would wait for them alone. */
const longest = /\/e2e\/(exercises|pages|inspector|engines\/examples)\.test\.ts$/;

/** Sorts files as Vitest does, but puts a project's longest first, even on a fresh clone. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const order = ({ project, moduleId }: TestSpecification): number =>
      2 * project.config.sequence.groupOrder - (longest.test(moduleId) ? 1 : 0);
    return (await super.sort(files)).sort((a, b) => order(a) - order(b));
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      project(1, 'pure', {
        include: ['{protocol,in-page,site,content,lint,scripts}/**/*.test.{ts,tsx}'],
        exclude: [costly, thorough],
        // They share no state that they change, so a worker need not restart for each file.
        pool: 'threads',
        isolate: false,
        maxWorkers: 2,
      }),
      project(2, 'server', {
        include: ['sandbox-server/**/*.test.ts', `{protocol,in-page,site,scripts}/${costly}`],
        exclude: [thorough],
        maxWorkers: 2,
      }),
      project(3, 'browser', {
        ...inBrowser,
        include: ['e2e/**/*.test.ts'],
        exclude: ['e2e/engines/**', thorough],
      }),
      project(4, 'engines', { ...inBrowser, include: ['e2e/engines/**/*.test.ts'] }),
      project(5, 'thorough-server', {
        include: [`{sandbox-server,in-page}/${thorough}`],
        fileParallelism: false,
        testTimeout: 1_800_000,
      }),
      project(6, 'thorough-browser', { ...inBrowser, include: [`e2e/${thorough}`], maxWorkers: 1 }),
    ],
  },
});
