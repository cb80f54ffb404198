/** The last lines of `npm test`: what failed, was retried or skipped and why, how long each part took, how many passed. */

/** How a test ended. */
export interface TestOutcome {
  file: string;
  title: string;
  state: 'passed' | 'failed' | 'skipped';
  retries: number;
  /** Why it was skipped, if it says so. */
  note?: string | undefined;
}

/** A file that was not even loaded, because something it needs is missing. */
export interface LeftOut {
  file: string;
  tests: number;
}

export interface TestRun {
  outcomes: readonly TestOutcome[];
  leftOut: readonly LeftOut[];
  /** Further lines: why tests that need something were skipped, and which thorough ones were chosen. */
  notes: readonly string[];
  /** What passed and failed beside the tests: `npm run check`, a file that cannot be loaded, an error outside tests. */
  others: { passed: number; failed: number };
  /** How long each part took, in ms. */
  times: ReadonlyMap<string, number>;
  /** The names of the tests retried in each earlier run, the latest run last. */
  earlierRetries: readonly (readonly string[])[];
}

/** A test retried in this many of the last ten runs counts as broken. */
const mostRetriedRuns = 2;
const runsKept = 10;

const nameOf = ({ file, title }: TestOutcome): string => `${file} > ${title}`;

/** Returns the names of the retried tests of the last runs, this run's last. */
export function retriesWith({ outcomes, earlierRetries }: Pick<TestRun, 'outcomes' | 'earlierRetries'>): (readonly string[])[] {
  return [...earlierRetries, outcomes.filter(({ retries }) => retries > 0).map(nameOf)].slice(-runsKept);
}

/** Returns the lines, the last of which is `N passed, N failed[, N skipped]`, and how many failed. */
export function summarise(run: TestRun): { lines: string[]; failed: number } {
  const runs = retriesWith(run);
  const retried = run.outcomes
    .filter(({ retries }) => retries > 0)
    .map((outcome) => ({ ...outcome, among: runs.filter((names) => names.includes(nameOf(outcome))).length }));
  const isBroken = ({ state, among }: (typeof retried)[number]): boolean => state === 'passed' && among >= mostRetriedRuns;
  const broken = retried.filter(isBroken).length;
  const count = (state: TestOutcome['state']): number => run.outcomes.filter((one) => one.state === state).length;
  const passed = count('passed') - broken + run.others.passed;
  const failed = count('failed') + broken + run.others.failed;
  const skipped = count('skipped') + run.leftOut.reduce((sum, { tests }) => sum + tests, 0);
  const lines = [
    ...run.outcomes.filter(({ state }) => state === 'failed').map((one) => `Failed: ${nameOf(one)}`),
    ...retried.map((one) => {
      const often = isBroken(one) ? `; in ${one.among} of the last ${runs.length} runs, which counts as broken` : '';
      return `Retried: ${nameOf(one)} (${one.retries === 1 ? 'once' : `${one.retries} times`}${often})`;
    }),
    ...skippedLines(run),
    ...run.notes,
    ...(run.times.size > 0 ? [`Time: ${[...run.times].map(([part, ms]) => `${part} ${duration(ms)}`).join(', ')}`] : []),
    `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`,
  ];
  return { lines, failed };
}

/** Returns a line for each skipped test, or one for a file if all its tests were skipped. */
function skippedLines({ outcomes, leftOut }: TestRun): string[] {
  const whole = ({ file, tests }: LeftOut): string => `Skipped: ${file} (all of its ${tests} tests)`;
  const files = Map.groupBy(outcomes, ({ file }) => file);
  const lines = [...files].flatMap(([file, all]) => {
    const skipped = all.filter(({ state }) => state === 'skipped');
    if (skipped.length > 1 && skipped.length === all.length) return [whole({ file, tests: all.length })];
    return skipped.map((one) => `Skipped: ${nameOf(one)}${one.note ? ` (${one.note})` : ''}`);
  });
  return [...lines, ...leftOut.map(whole)];
}

/** Formats a time in ms: 1234 as `1.2 s`, 123456 as `2 min 3 s`. */
export function duration(ms: number): string {
  if (ms < 9950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
