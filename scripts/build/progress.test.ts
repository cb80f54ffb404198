import { expect, test, vi } from 'vitest';
import { Progress } from './progress.ts';

/** Returns an output that collects its text, and a clock to move. */
function written(isTTY: boolean): {
  output: { isTTY: boolean; write: (text: string) => void };
  text: () => string;
  clock: { now: number };
} {
  let text = '';
  return { output: { isTTY, write: (more) => void (text += more) }, text: () => text, clock: { now: 0 } };
}

test('prints one plain line per part when not on a terminal, and the time taken at the end', () => {
  const { output, text, clock } = written(false);
  const progress = new Progress('Building', ['reading', 'writing'], output, () => clock.now);
  progress.begin(0);
  progress.begin(0);
  progress.detail('1 of 3');
  progress.begin(1);
  clock.now = 45_200;
  progress.end('Built');
  expect(text()).toBe('Building: 1 of 2, reading\nBuilding: 2 of 2, writing\nBuilt in 45 s.\n');
});

test('overwrites one line on a terminal, whose seconds count up by themselves', () => {
  vi.useFakeTimers();
  const { output, text, clock } = written(true);
  const progress = new Progress('Building', ['reading', 'writing'], output, () => clock.now);
  progress.begin(0);
  clock.now = 1000;
  vi.advanceTimersByTime(1000);
  progress.begin(1);
  progress.detail('1 of 3');
  clock.now = 2500;
  progress.end('Built');
  vi.advanceTimersByTime(5000);
  vi.useRealTimers();
  const lines = text().split('\r\u001B[2K');
  expect(lines).toEqual([
    '',
    'Building: 1 of 2, reading… 0 s',
    'Building: 1 of 2, reading… 1 s',
    'Building: 2 of 2, writing… 1 s',
    'Building: 2 of 2, writing (1 of 3)… 1 s',
    'Built in 2.5 s.\n',
  ]);
});
