import { spawnSync } from 'node:child_process';
import { expect, test, vi } from 'vitest';
import { root } from '../root.ts';

// Each test starts Vitest, which takes a while on a busy machine.
vi.setConfig({ testTimeout: 300_000 });

/** Runs `npm test -- …words` and returns its status and the lines of its output, without colours. */
function npmTest(...words: string[]): { status: number | null; lines: string[] } {
  // Drop what the outer Vitest tells its own workers, so that it does not reach the inner one.
  const own = Object.entries(process.env).filter(([name]) => !/^(VITEST|TEST$|NODE_ENV|THOROUGH)/.test(name));
  const env = { ...Object.fromEntries(own), NO_COLOR: '1' };
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/test/test.ts', ...words], {
    cwd: root,
    env,
    encoding: 'utf8',
  });
  return { status, lines: `${stderr}${stdout}`.trimEnd().split('\n') };
}

test('runs the files that words choose, counts their tests on the last line, and says how long they took on the one before', () => {
  const { status, lines } = npmTest('protocol/wire/close-code');
  expect(lines.at(-1)).toMatch(/^[1-9]\d* passed, 0 failed$/);
  expect(lines.at(-2)).toMatch(/^Time: before the tests [\d.]+ s, pure [\d.]+ s$/);
  expect(status).toBe(0);
});

test('does not count tests that -t leaves out as skipped', () => {
  const { lines } = npmTest('protocol/wire/utf8', 'protocol/wire/close-code', '-t', 'no test has this title');
  expect(lines.at(-1)).toBe('0 passed, 0 failed');
});

test('fails if words choose no file, and repeats them', () => {
  const { status, lines } = npmTest('no/such/file');
  expect(lines.join('\n')).toContain('No file of tests is chosen by no/such/file');
  expect(lines.at(-1)).toBe('0 passed, 1 failed');
  expect(status).toBe(1);
});

test('prints the seed of thorough tests in the last lines, and how to run the same sample again', () => {
  const { lines } = npmTest('--project', 'thorough-server', '-t', 'no test has this title');
  const [, seed = '', again] =
    /^Thorough tests: a sample by seed (\d+) \(again: THOROUGH_SEED=(\d+) npm test/.exec(lines.at(-3) ?? '') ?? [];
  expect(Number(seed)).toBeGreaterThan(0);
  expect(again).toBe(seed);
});
