import { expect, test } from 'vitest';
import { crowdWords } from './crowd-reports.ts';

const down = { time: 300, down: 3, refused: 0, open: 0, connected: 0 };
const open = { time: 1300, down: 0, refused: 1, open: 2, connected: 2 };

test('says that all are back once the whole crowd is', () => {
  expect(crowdWords([down, { ...open, attempts: 6, gaveUp: 0 }])).toBe('at most 3 at once, 6 attempts, all back after 1.3 s');
});

test('says how many are back and how many gave up when some did', () => {
  expect(crowdWords([down, { ...open, attempts: 6, gaveUp: 1 }])).toBe(
    'at most 3 at once, 6 attempts, 2 back after 1.3 s, 1 gave up',
  );
});

test('describes a crowd that was stopped halfway as far as it got', () => {
  expect(crowdWords([down, open])).toBe('at most 3 at once, 6 attempts, 2 back after 1.3 s, and then nothing more was reported');
  expect(crowdWords([])).toBeUndefined();
});
