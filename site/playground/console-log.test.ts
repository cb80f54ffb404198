import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ConsoleLog, logLimits } from './console-log.ts';

let log: ConsoleLog;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  log = new ConsoleLog();
});
afterEach(() => void vi.useRealTimers());

const shown = (): string[] => log.entries.value.map(({ text }) => text);
const turn = (): Promise<void> => Promise.resolve();

test('shows the first line in the same turn, and those that follow together a moment later', async () => {
  log.add('log', '1');
  await turn();
  expect(shown()).toEqual(['1']);
  log.add('log', '2');
  log.add('log', '3');
  await turn();
  expect(shown()).toEqual(['1']);
  vi.advanceTimersByTime(logLimits.shownEvery);
  expect(shown()).toEqual(['1', '2', '3']);
});

test('updates the view a few times a second however many lines come, and shows as many as are kept', async () => {
  let views = 0;
  log.entries.subscribe(() => views++);
  log.add('log', 'once');
  await turn();
  for (let ms = 0; ms < 1000; ms++) {
    for (let i = 0; i < 200; i++) log.add('log', 'again');
    vi.advanceTimersByTime(1);
  }
  vi.advanceTimersByTime(logLimits.shownEvery);
  expect(views).toBeLessThanOrEqual(1000 / logLimits.shownEvery + 4);
  expect(shown()).toHaveLength(logLimits.entries);
  expect(log.dropped.value).toBe(200_001 - logLimits.entries);
});

test('keeps the newest long lines up to a number of characters, and none longer than a line may be', () => {
  for (let i = 0; i < 100; i++) log.add('log', `${i} ${'x'.repeat(60_000)}`);
  vi.advanceTimersByTime(logLimits.shownEvery);
  return turn().then(() => {
    const characters = shown().reduce((sum, text) => sum + text.length, 0);
    expect(characters).toBeLessThanOrEqual(logLimits.characters);
    expect(shown().at(-1)).toMatch(/^99 x/);
    expect(shown().length + log.dropped.value).toBe(100);
    for (const text of shown()) expect(text.length).toBeLessThanOrEqual(logLimits.line + 1);
  });
});

test('knows the newest line of a level before it is shown', async () => {
  log.add('error', 'first');
  await turn();
  log.add('log', 'x');
  expect(log.latest('error')?.text).toBe('first');
  log.add('error', 'second');
  expect([shown(), log.latest('error')?.text]).toEqual([['first'], 'second']);
});

test('drops the lines that wait to be shown when the console is cleared', async () => {
  log.add('log', '1');
  await turn();
  log.add('log', '2');
  log.clear();
  vi.advanceTimersByTime(2 * logLimits.shownEvery);
  expect(shown()).toEqual([]);
  log.add('log', '3');
  await turn();
  expect(shown()).toEqual(['3']);
});
