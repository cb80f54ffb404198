/**
 * `npm test`: formatter, linter, types and rules of imports, then every test, those in a real browser too.
 * Its last line is `N passed, N failed`. Words after `--` go to Vitest, such as `npm test -- --project unit`.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureChromium } from './chromium.ts';
import { root } from './root.ts';
import { ensureTshark } from './tshark.ts';

const results = join(root, '.cache', 'test-results.json');
const chosen = process.argv.slice(2);
const all = chosen.length === 0;

function run(command: string, words: string[]): boolean {
  return (
    spawnSync(command, words, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], shell: process.platform === 'win32' })
      .status === 0
  );
}

process.env['CHROMIUM'] = ensureChromium();
ensureTshark();
mkdirSync(join(root, '.cache'), { recursive: true });
rmSync(results, { force: true });

const checked = !all || run('npm', ['run', '--silent', 'check']);
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
const tested = run(process.execPath, [
  vitest,
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${results}`,
  ...chosen,
]);

interface Results {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
}
let counts: Results = { numPassedTests: 0, numFailedTests: tested ? 0 : 1, numPendingTests: 0 };
try {
  counts = JSON.parse(readFileSync(results, 'utf8')) as Results;
} catch {
  console.error('Vitest ended without a report.');
}
if (!checked) console.error('npm run check failed: see above.');
const passed = counts.numPassedTests + (all && checked ? 1 : 0);
// A file that cannot be loaded fails the run without a failed test of its own.
const failed = Math.max(counts.numFailedTests, tested ? 0 : 1) + (checked ? 0 : 1);
console.log(`${passed} passed, ${failed} failed${counts.numPendingTests > 0 ? `, ${counts.numPendingTests} skipped` : ''}`);
process.exitCode = failed > 0 ? 1 : 0;
