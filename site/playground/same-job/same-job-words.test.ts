import { expect, test } from 'vitest';
import { shownWords, type ShownRun } from './same-job-words.ts';

const job = { every: 400, updates: 8, latency: 50 };
const run = (name: string, isOwn: boolean, settings = job): ShownRun => ({ name, isOwn, settings });

test('says when all runs are recorded, and when all are your own', () => {
  expect(shownWords([run('polling', false), run('WebSocket', false)], job)).toBe(
    'Recorded runs. Set the job, and run it yourself.',
  );
  expect(shownWords([run('polling', true), run('WebSocket', true)], job)).toBe('These are your runs.');
});

test('tells your own runs apart from recorded ones', () => {
  expect(shownWords([run('polling', true), run('WebSocket', false)], job)).toBe(
    'Your run: polling. The others are recorded runs.',
  );
});

test('says when runs had other numbers than those that are set now', () => {
  expect(shownWords([run('polling', true), run('WebSocket', true)], { ...job, updates: 3 })).toBe(
    'These are your runs. They ran with numbers other than those set now: run all.',
  );
});

test('warns when the runs did not do the same job', () => {
  expect(shownWords([run('polling', true, { ...job, updates: 3 }), run('WebSocket', false)], { ...job, updates: 3 })).toBe(
    'Your run: polling. The others are recorded runs. They did not do the same job, so their figures cannot be compared: run all.',
  );
});
