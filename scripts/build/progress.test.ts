import { expect, test, vi } from 'vitest';
import { Progress } from './progress.ts';

/** What was written, and a clock to be moved. */
function written(isTTY: boolean): {
  output: { isTTY: boolean; write: (text: string) => void };
  text: () => string;
  clock: { now: number };
} {
  let text = '';
  return { output: { isTTY, write: (more) => void (text += more) }, text: () => text, clock: { now: 0 } };
}

test('where nobody watches, each part is a plain line, and the last says how long it took', () => {
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

test('on a terminal it is one line that is written over, whose seconds go on by themselves', () => {
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
