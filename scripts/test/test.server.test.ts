import { spawnSync } from 'node:child_process';
import { expect, test, vi } from 'vitest';
import { root } from '../root.ts';

// Each starts Vitest, which takes a busy machine a while.
vi.setConfig({ testTimeout: 300_000 });

/** `npm test -- …words`: its status and the lines of its output, without colours. */
function npmTest(...words: string[]): { status: number | null; lines: string[] } {
  // What the Vitest around this test says to its own workers is not for the one within.
  const own = Object.entries(process.env).filter(([name]) => !/^(VITEST|TEST$|NODE_ENV|THOROUGH)/.test(name));
  const env = { ...Object.fromEntries(own), NO_COLOR: '1' };
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/test/test.ts', ...words], {
    cwd: root,
    env,
    encoding: 'utf8',
  });
  return { status, lines: `${stderr}${stdout}`.trimEnd().split('\n') };
}

test('words choose files; the last line counts their tests, the one before says how long they took', () => {
  const { status, lines } = npmTest('protocol/wire/close-code');
  expect(lines.at(-1)).toMatch(/^[1-9]\d* passed, 0 failed$/);
  expect(lines.at(-2)).toMatch(/^Time: before the tests [\d.]+ s, pure [\d.]+ s$/);
  expect(status).toBe(0);
});

test('tests that -t leaves aside are not counted as skipped', () => {
  const { lines } = npmTest('protocol/wire/utf8', 'protocol/wire/close-code', '-t', 'no test has this title');
  expect(lines.at(-1)).toBe('0 passed, 0 failed');
});

test('words that choose nothing fail, and are said again', () => {
  const { status, lines } = npmTest('no/such/file');
  expect(lines.join('\n')).toContain('No file of tests is chosen by no/such/file');
  expect(lines.at(-1)).toBe('0 passed, 1 failed');
  expect(status).toBe(1);
});

test('where thorough tests are chosen, the last lines say by which seed, and how to have the same again', () => {
  const { lines } = npmTest('--project', 'thorough-server', '-t', 'no test has this title');
  const [, seed = '', again] =
    /^Thorough tests: a sample by seed (\d+) \(again: THOROUGH_SEED=(\d+) npm test/.exec(lines.at(-3) ?? '') ?? [];
  expect(Number(seed)).toBeGreaterThan(0);
  expect(again).toBe(seed);
});
