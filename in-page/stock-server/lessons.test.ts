/** Lessons whose outcome does not depend on chance, against their traces from the live server. */
import { expect, test } from 'vitest';
import type { Trace } from '../../protocol/trace/trace.ts';
import { recordedTrace, variesOf } from '../../scripts/record/examples.ts';
import { traceDifferences } from '../../scripts/record/trace-differences.ts';
import { runLesson, writtenBytes } from './testing/run-lesson.ts';

test.each([
  '1-1-what-a-channel-is/make-the-three',
  '1-1-what-a-channel-is/three-links',
  '1-4-full-duplex/crossing',
  '1-4-full-duplex/two-each-way',
  '3-1-a-connections-life/logbook',
  '3-2-opening-handshake/hello',
  '3-3-frames/three-lengths',
  '3-4-masking/fresh-key',
  '3-4-masking/unmask',
  '3-5-text-and-binary/sizes',
  '3-6-fragments/with-a-ping',
  '3-7-ping-and-pong/heartbeat',
  '3-8-closing/four-endings',
])('the run of %s has the messages, the frames and the link times of the live trace, byte for byte', async (example) => {
  const recorded = recordedTrace(example) as Trace;
  const { trace, errors, rest } = await runLesson(example);
  expect([errors, rest]).toEqual([[], 'quiet']);
  expect(traceDifferences(recorded, trace)).toEqual([]);
  for (const direction of ['client-to-server', 'server-to-client'] as const) {
    expect(writtenBytes(recorded, direction).length).toBeGreaterThan(0);
    expect(writtenBytes(trace, direction)).toEqual(writtenBytes(recorded, direction));
  }
});

test.each([
  '1-2-simplex/resume',
  '1-3-half-duplex/over',
  '1-3-half-duplex/twenty-words',
  '3-10-reconnecting/come-back',
  '3-10-reconnecting/fifty',
  '3-12-security/keep-the-door',
  '3-12-security/open-door',
  '3-2-opening-handshake/accept',
  '3-7-ping-and-pong/half-open',
  '3-8-closing/with-a-reason',
])('the run of %s differs from the live trace only in what the lesson says varies', async (example) => {
  const { trace, errors, rest } = await runLesson(example);
  expect([errors, rest]).toEqual([[], 'quiet']);
  expect(trace.events.filter(({ name }) => name === 'frame_received' || name === 'event_received').length).toBeGreaterThan(1);
  expect(traceDifferences(recordedTrace(example) as Trace, trace, await variesOf(example))).toEqual([]);
});

test('the run of 2-3-long-polling/nothing-lost is cut as the live one, and ends with its reader’s own AbortError', async () => {
  const example = '2-3-long-polling/nothing-lost';
  const { trace, errors, rest } = await runLesson(example);
  expect(errors).toMatchObject([{ name: 'AbortError' }]);
  expect(rest).toBe('quiet');
  expect(trace.events.filter(({ name }) => name === 'link_cut').length).toBeGreaterThan(1);
  expect(traceDifferences(recordedTrace(example) as Trace, trace, await variesOf(example))).toEqual([]);
});

test.each(['3-3-frames/refused', '3-6-fragments/interleaving'])(
  'the second connections of %s have the frames of the live trace, byte for byte, under names of their own',
  async (example) => {
    const { trace, errors, rest } = await runLesson(example);
    expect([errors, rest]).toEqual([[], 'quiet']);
    for (const direction of ['client-to-server', 'server-to-client'] as const) {
      const second = (of: Trace, name: string): string[] =>
        writtenBytes(of, direction).flatMap((line) => (line.startsWith(name) ? [line.slice(name.length)] : []));
      expect(second(recordedTrace(example) as Trace, 'rawA').length).toBeGreaterThan(0);
      expect(second(trace, 'server')).toEqual(second(recordedTrace(example) as Trace, 'rawA'));
    }
  },
);

test('the same run again has the same trace', async () => {
  const [one, other] = [await runLesson('3-12-security/open-door'), await runLesson('3-12-security/open-door')];
  expect(one.log.length).toBeGreaterThan(5);
  expect(JSON.stringify(other.trace)).toBe(JSON.stringify(one.trace));
});
