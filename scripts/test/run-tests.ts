/** Installs what the tests need, runs them in Vitest, and returns how each ended. */
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { createVitest, parseCLI, type TestCase, type TestModule, type TestSpecification, type Vitest } from 'vitest/node';
import { root } from '../root.ts';
import { provide } from './test-needs.ts';
import type { LeftOut, TestOutcome, TestRun } from './test-summary.ts';

/** Runs the tests that `words` choose, as for `vitest run`. */
export async function runTests(words: readonly string[]): Promise<Omit<TestRun, 'earlierRetries'>> {
  // Do as Vitest's own command does; otherwise Vite's default would apply.
  process.env['NODE_ENV'] ??= 'test';
  const { filter, options } = parseCLI(['vitest', 'run', ...words]);
  const times = new Times();
  const vitest = await createVitest({ ...options, watch: false, reporters: ['default', times] });
  try {
    await vitest.standalone();
    const chosen = await vitest.getRelevantTestSpecifications(filter);
    if (chosen.length === 0) {
      console.error(`No file of tests is chosen by ${words.join(' ')}`);
      return { outcomes: [], leftOut: [], notes: [], others: { passed: 0, failed: 1 }, times: new Map() };
    }
    const sample = chosen.some(({ project }) => project.name.startsWith('thorough')) ? [sampleLine()] : [];
    for (const line of sample) console.log(line);
    const missing = provide(chosen.map(fileOf));
    for (const { why } of missing) console.warn(why);
    const cannotLoad = (spec: TestSpecification): boolean =>
      missing.some(({ need }) => need.isForAll === true && need.isFor(fileOf(spec)));
    const { testModules, unhandledErrors } = await vitest.runTestSpecifications(
      chosen.filter((spec) => !cannotLoad(spec)),
      true,
    );
    const broken = testModules.filter((module) => module.errors().length > 0);
    return {
      outcomes: testModules.flatMap((module) => outcomesOf(module, vitest)),
      leftOut: await leftOutOf(chosen.filter(cannotLoad), vitest),
      notes: [...sample, ...missing.map(({ why }) => why)],
      others: { passed: 0, failed: broken.length + unhandledErrors.length },
      times: times.byPart(),
    };
  } finally {
    await vitest.close();
  }
}

/** Returns a line that says how much of the thorough tests runs, and how to repeat that. */
function sampleLine(): string {
  const seed = process.env['THOROUGH_SEED'] ?? '';
  return process.env['THOROUGH'] === 'whole'
    ? 'Thorough tests: all of them'
    : `Thorough tests: a sample by seed ${seed} (again: THOROUGH_SEED=${seed} npm test -- --project=thorough-*; all: npm run test:thorough)`;
}

const fileOf = ({ project, moduleId }: TestSpecification): { project: string; text: string } => ({
  project: project.name,
  text: readFileSync(moduleId, 'utf8'),
});

const pathOf = (moduleId: string): string => relative(root, moduleId).replaceAll('\\', '/');

function outcomesOf(module: TestModule, vitest: Vitest): TestOutcome[] {
  const file = pathOf(module.moduleId);
  return [...module.children.allTests()].flatMap((test) => {
    const { state, ...result } = test.result();
    if (state === 'pending' || !isChosen(test, vitest)) return [];
    const note = 'note' in result ? result.note : undefined;
    return [{ file, title: test.fullName, state, retries: test.diagnostic()?.retryCount ?? 0, note }];
  });
}

/** Returns false for a test that `-t` leaves out: the summary does not mention it. */
function isChosen(test: TestCase, vitest: Vitest): boolean {
  const titles: string[] = [];
  for (let one: TestCase['parent'] | TestCase = test; one.type !== 'module'; one = one.parent) titles.unshift(one.name);
  return vitest.config.testNamePattern?.test(titles.join(' ')) ?? true;
}

/** Returns how many tests each file holds, as far as we can tell without running it. */
async function leftOutOf(files: readonly TestSpecification[], vitest: Vitest): Promise<LeftOut[]> {
  const modules = await vitest.parseSpecifications([...files]);
  return modules.map((module) => ({ file: pathOf(module.moduleId), tests: [...module.children.allTests()].length }));
}

/** A reporter that notes when each project's first file began and its last one ended. */
class Times {
  #began = 0;
  readonly #parts = new Map<string, { from: number; to: number }>();

  onTestRunStart(): void {
    this.#began = performance.now();
  }

  onTestModuleQueued({ project }: TestModule): void {
    const now = performance.now();
    // A project's first file begins when the last file of the project before it has ended.
    if (!this.#parts.has(project.name)) this.#parts.set(project.name, { from: now, to: now });
  }

  onTestModuleEnd({ project }: TestModule): void {
    const part = this.#parts.get(project.name);
    if (part) part.to = performance.now();
  }

  /** Returns each project's time, in ms, after the time before the tests: the site's build and the servers. */
  byPart(): Map<string, number> {
    const parts = [...this.#parts].sort(([, a], [, b]) => a.from - b.from);
    const first = parts[0]?.[1].from ?? this.#began;
    return new Map([
      ['before the tests', first - this.#began],
      ...parts.map(([name, { from, to }]) => [name, to - from] as const),
    ]);
  }
}
