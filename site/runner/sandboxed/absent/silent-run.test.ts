import { expect, test } from 'vitest';
import type { WorkerItem } from '../../../../protocol/messages/runner-messages.ts';
import { Output } from '../output/output.ts';
import { tellOfSilence } from './silent-run.ts';

/** Returns an output at time 0 and what it has posted. */
function output(): { made: Output; posted: WorkerItem[] } {
  const posted: WorkerItem[] = [];
  const later = (callback: () => void): void => callback();
  // Every look at the clock finds that a batch is due.
  let time = 0;
  const made = new Output({
    post: ({ items }) => structuredClone(items).forEach((item) => posted.push(item)),
    now: () => (time += 1000),
    later,
  });
  return { made, posted };
}

test('a run that rests without a sign of life says so, once', () => {
  const { made, posted } = output();
  tellOfSilence(made, 7);
  made.put({ type: 'idle', time: 7 });
  tellOfSilence(made, 8);
  const note = { type: 'note', time: 7, text: expect.stringMatching(/printed nothing and opened no connection/) as string };
  expect(posted).toEqual([note, { type: 'idle', time: 7 }]);
});

test.each<WorkerItem>([
  { type: 'console', level: 'log', time: 0, text: 'hi' },
  { type: 'event', event: { time: 0, at: 'client', connection: 'A1', name: 'connection_opened' } },
  { type: 'error', kind: 'thrown', time: 0, name: 'Error', message: 'no' },
])('a run that was seen or heard says nothing of that: $type', (item) => {
  const { made, posted } = output();
  made.put(item);
  tellOfSilence(made, 1);
  expect(posted).toEqual([item]);
});
