/**
 * `npm test`: runs all checks, then every test, including those in real browsers, and a sample of the thorough ones. Words after
 * `--` choose tests, as for Vitest: `npm test -- --project pure`, `npm test -- site/timeline`. `--thorough` runs the thorough
 * ones in full. The last line is `N passed, N failed[, N skipped]`.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checks } from '../check/checks.ts';
import { root } from '../root.ts';
import { runSteps } from '../steps.ts';
import { endChildrenWithUs } from './ends-with-us.ts';
import { retriesWith, summarise, type TestRun } from './test-summary.ts';

const words = process.argv.slice(2).filter((word) => word !== '--thorough');
const isAll = words.length === 0;
if (process.argv.includes('--thorough')) process.env['THOROUGH'] = 'whole';

endChildrenWithUs();
const began = performance.now();
const failedChecks = isAll ? await runSteps(checks({ cached: false })) : [];
const checked = isAll ? new Map([['check', performance.now() - began]]) : new Map<string, number>();

// Load Vitest only now: it is slow to load, and the environment that it reads is set by now.
const { runTests } = await import('./run-tests.ts');
const run = await runTests(words);
const whole: TestRun = {
  ...run,
  others: {
    passed: run.others.passed + (isAll && failedChecks.length === 0 ? 1 : 0),
    failed: run.others.failed + (failedChecks.length > 0 ? 1 : 0),
  },
  notes: [...(failedChecks.length > 0 ? [`npm run check failed: ${failedChecks.join(', ')}`] : []), ...run.notes],
  times: new Map([...checked, ...run.times]),
  earlierRetries: earlierRetries(),
};
const { lines, failed } = summarise(whole);
console.log(`\n${lines.join('\n')}`);
if (isAll) keepRetries(retriesWith(whole));
process.exitCode = failed > 0 ? 1 : 0;

function retriesFile(): string {
  return join(root, '.cache', 'retried-tests.json');
}

function earlierRetries(): string[][] {
  try {
    return JSON.parse(readFileSync(retriesFile(), 'utf8')) as string[][];
  } catch {
    return [];
  }
}

function keepRetries(runs: readonly (readonly string[])[]): void {
  mkdirSync(join(root, '.cache'), { recursive: true });
  writeFileSync(retriesFile(), JSON.stringify(runs));
}
