import { expect, test } from 'vitest';
import type { SeedRun } from '../../../../in-page/run/seed-messages.ts';
import type { Check } from '../../../../protocol/messages/exercise.ts';
import type { TraceEvent } from '../../../../protocol/trace/trace.ts';
import { trySeeds } from './try-seeds.ts';

const started: TraceEvent = { time: 0, at: 'client', connection: 'A1', name: 'connection_started', url: '/echo' };
const closed: TraceEvent = {
  time: 9,
  at: 'client',
  connection: 'A1',
  name: 'connection_closed',
  code: 1006,
  reason: '',
  wasClean: false,
};

const open: Check = ({ events }) =>
  events.some(({ name }) => name === 'connection_closed')
    ? { passed: false, message: 'the connection was lost.' }
    : { passed: true, message: 'It held.' };

/** Tries 20 seeds, of which these fail or come to rest otherwise. Returns the judgement and what was tried. */
async function tryWith(differing: Record<number, Partial<SeedRun>> = {}, { wanted = 20, check = open, fault = '' } = {}) {
  const ran: number[] = [];
  const tried: number[] = [];
  const judgement = await trySeeds({
    seeds: { count: 20, check, clients: 3, link: { loss: 5 } },
    own: { passed: true, message: 'All there.' },
    async runs(seeds, take) {
      await Promise.resolve();
      if (fault) throw new Error(fault);
      for (const seed of seeds) {
        ran.push(seed);
        if (!take({ seed, events: [started], rest: 'quiet', now: 10, ...differing[seed] })) return;
      }
    },
    onTried(count) {
      tried.push(count);
      return count < wanted;
    },
  });
  return { judgement, ran, tried };
}

test('a program that passes under every seed passes, with the words of its own run', async () => {
  const { judgement, tried } = await tryWith({}, { wanted: 21 });
  expect(judgement).toEqual({ passed: true, message: 'All there. It passed under 20 seeds as well.' });
  expect(tried).toEqual(Array.from({ length: 21 }, (_, i) => i));
});

test('the first seed that fails is named with the check’s own words and can be shown, and no later one is run', async () => {
  const lost = { events: [started, closed] };
  const { judgement, ran } = await tryWith({ 7: lost, 9: lost });
  expect(judgement).toEqual({
    passed: false,
    message: 'With seed 7: the connection was lost.',
    ofSeed: { seed: 7, clients: 3, link: { loss: 5 } },
  });
  expect(ran.at(-1)).toBe(7);
});

test('a run that did not end by itself in time is judged, and one in which too much happened is not', async () => {
  expect((await tryWith({ 4: { rest: 'time' } }, { wanted: 21 })).judgement.passed).toBe(true);
  const { passed, message, ofSeed } = (await tryWith({ 4: { rest: 'steps' } })).judgement;
  expect([passed, message, ofSeed?.seed]).toEqual([undefined, expect.stringMatching(/^With seed 4: More happened/), 4]);
});

test('runs that cannot go on give no verdict, and their own words', async () => {
  expect((await tryWith({}, { fault: 'The program looped.' })).judgement).toEqual({ message: 'The program looped.' });
});

test('seeds that are called off give no verdict', async () => {
  const { judgement, ran } = await tryWith({}, { wanted: 3 });
  expect([judgement.passed, ran]).toEqual([undefined, [1, 2, 3]]);
});

test('a check that throws gives no verdict, and says that it is no fault of the program', async () => {
  const fails: Check = () => {
    throw new TypeError('a fault of ours');
  };
  const { passed, message } = (await tryWith({}, { check: fails })).judgement;
  expect([passed, message]).toEqual([undefined, expect.stringContaining('no fault of your program')]);
});
