import { expect, test } from 'vitest';
import { duration, retriesWith, summarise, type TestOutcome, type TestRun } from './test-summary.ts';

const outcome = (title: string, about: Partial<TestOutcome> = {}): TestOutcome => ({
  ...{ file: 'a.test.ts', title, state: 'passed', retries: 0 },
  ...about,
});

const run = (outcomes: TestOutcome[], about: Partial<TestRun> = {}): TestRun => ({
  ...{ outcomes, leftOut: [], notes: [], others: { passed: 0, failed: 0 }, times: new Map(), earlierRetries: [] },
  ...about,
});

test('sums up a run in which all passed in one line, including what passed beside the tests', () => {
  const { lines, failed } = summarise(run([outcome('one'), outcome('two')], { others: { passed: 1, failed: 0 } }));
  expect(lines).toEqual(['3 passed, 0 failed']);
  expect(failed).toBe(0);
});

test('counts failed and skipped tests on the last line, and names both before it, with reasons', () => {
  const { lines, failed } = summarise(
    run(
      [
        outcome('one'),
        outcome('two', { state: 'failed' }),
        outcome('three', { state: 'skipped', note: 'no camera' }),
        ...['four', 'five'].map((title) => outcome(title, { file: 'b.test.ts', state: 'skipped' })),
      ],
      {
        leftOut: [{ file: 'e2e/c.test.ts', tests: 12 }],
        notes: ['Chromium is missing. Run "apt-get install chromium" as root.'],
        others: { passed: 0, failed: 1 },
        times: new Map([
          ['check', 61_000],
          ['pure', 1234],
        ]),
      },
    ),
  );
  expect(lines).toEqual([
    'Failed: a.test.ts > two',
    'Skipped: a.test.ts > three (no camera)',
    'Skipped: b.test.ts (all of its 2 tests)',
    'Skipped: e2e/c.test.ts (all of its 12 tests)',
    'Chromium is missing. Run "apt-get install chromium" as root.',
    'Time: check 1 min 1 s, pure 1.2 s',
    '1 passed, 2 failed, 15 skipped',
  ]);
  expect(failed).toBe(2);
});

test('names a retried test, but counts it as passed the first time', () => {
  const { lines, failed } = summarise(run([outcome('one', { retries: 1 }), outcome('two', { retries: 2 })]));
  expect(lines).toEqual(['Retried: a.test.ts > one (once)', 'Retried: a.test.ts > two (2 times)', '2 passed, 0 failed']);
  expect(failed).toBe(0);
});

test('counts a test retried in two of the last ten runs as broken, but not in two of eleven', () => {
  const outcomes = [outcome('one', { retries: 1 }), outcome('two')];
  const quiet = Array.from({ length: 8 }, () => []);
  const among = summarise(run(outcomes, { earlierRetries: [['a.test.ts > one'], ...quiet] }));
  expect(among.lines).toEqual([
    'Retried: a.test.ts > one (once; in 2 of the last 10 runs, which counts as broken)',
    '1 passed, 1 failed',
  ]);
  expect(among.failed).toBe(1);
  const longAgo = run(outcomes, { earlierRetries: [['a.test.ts > one'], [], ...quiet] });
  expect(summarise(longAgo).failed).toBe(0);
  expect(retriesWith(longAgo)).toEqual([[], ...quiet, ['a.test.ts > one']]);
});

test('counts one failure for a test that was retried and still failed', () => {
  const failing = run([outcome('one', { retries: 1, state: 'failed' })], { earlierRetries: [['a.test.ts > one']] });
  expect(summarise(failing).lines.at(-1)).toBe('0 passed, 1 failed');
});

test('writes times in short form', () => {
  expect([40, 9949, 9951, 59_400, 59_600, 123_456].map(duration)).toEqual([
    ...['0.0 s', '9.9 s', '10 s', '59 s', '1 min 0 s', '2 min 3 s'],
  ]);
});
