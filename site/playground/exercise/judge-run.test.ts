import { expect, test } from 'vitest';
import type { Check } from '../../../protocol/messages/exercise.ts';
import { emptyTrace, type Trace } from '../../../protocol/trace/trace.ts';
import { judgeRun } from './judge-run.ts';

const passes: Check = () => ({ passed: true, message: 'All there.' });
const load = (check: Check) => () => Promise.resolve(check);

test('the check judges a run that is complete', async () => {
  expect(await judgeRun(load(passes), emptyTrace())).toEqual({ passed: true, message: 'All there.' });
});

test('a run that lacks something gets no verdict, whatever the check would say', async () => {
  const lacks = 'The sandbox server went away during this run.';
  expect(await judgeRun(load(passes), emptyTrace(), lacks)).toEqual({ message: lacks });
  const mark = { time: 1, at: 'socket', connection: 'A1', name: 'events_omitted', count: 12 } as const;
  const trace: Trace = { ...emptyTrace(), events: [mark] };
  const { passed, message } = await judgeRun(load(passes), trace);
  expect([passed, message]).toEqual([undefined, expect.stringMatching(/^12 events of this run could not be kept/)]);
});

test('a check that throws gives no verdict, and says that it is no fault of the program', async () => {
  const fails: Check = () => {
    throw new TypeError('a fault of ours');
  };
  const { passed, message } = await judgeRun(load(fails), emptyTrace());
  expect([passed, message]).toEqual([undefined, expect.stringContaining('no fault of your program')]);
});
