import { expect, test } from 'vitest';
import type { Check } from '../../../protocol/messages/exercise.ts';
import { emptyTrace, type Trace } from '../../../protocol/trace/trace.ts';
import { judgeRun } from './judge-run.ts';

const passes: Check = () => ({ passed: true, message: 'All there.' });
const load = (check: Check) => () => Promise.resolve(check);

test('a run that is there whole is judged by the check', async () => {
  expect(await judgeRun(load(passes), emptyTrace())).toEqual({ passed: true, message: 'All there.' });
});

test('of a run that lacks something there is no verdict, whatever the check would say', async () => {
  const lacks = 'The sandbox server went away during this run.';
  expect(await judgeRun(load(passes), emptyTrace(), lacks)).toEqual({ message: lacks });
  const mark = { time: 1, at: 'socket', connection: 'A1', name: 'events_omitted', count: 12 } as const;
  const trace: Trace = { ...emptyTrace(), events: [mark] };
  const { passed, message } = await judgeRun(load(passes), trace);
  expect([passed, message]).toEqual([undefined, expect.stringMatching(/^12 events of this run could not be kept/)]);
});

test('a check that fails itself gives no verdict, and says that it is no fault of the program', async () => {
  const fails: Check = () => {
    throw new TypeError('a fault of ours');
  };
  const { passed, message } = await judgeRun(load(fails), emptyTrace());
  expect([passed, message]).toEqual([undefined, expect.stringContaining('no fault of your program')]);
});
