import { expect, test } from 'vitest';
import { mostQueued, queueSteps } from './upload-queue.ts';
import { emptyTrace, type Trace, type TraceEvent } from '../trace/trace.ts';

const up = { connection: 'A1', direction: 'client-to-server' } as const;
const sent = (time: number, message: number): TraceEvent => ({
  time,
  at: 'client',
  connection: 'A1',
  name: 'message_sent',
  message,
  kind: 'binary',
  length: 100,
});
const captured = (time: number, frame: number): TraceEvent => ({
  ...up,
  time,
  at: 'socket',
  name: 'frame_sent',
  frame,
  message: frame,
  fin: true,
  rsv: 0,
  opcode: 2,
  masked: true,
  length: 100,
  bytes: '',
});
const departed = (time: number, frame: number): TraceEvent => ({ ...up, time, at: 'link', name: 'frame_departed', frame });
const received = (time: number, frame: number): TraceEvent => ({ ...up, time, at: 'server', name: 'frame_received', frame });

const trace: Trace = {
  ...emptyTrace(),
  events: [
    sent(0, 0),
    sent(1, 1),
    captured(2, 0),
    departed(3, 0),
    captured(4, 1),
    received(5, 0),
    departed(5, 1),
    received(9, 1),
  ],
};

test('counts bytes once on their way from the program to the socket, onto the link, and to the server', () => {
  expect(queueSteps(trace).map(({ time, before, waiting, onLink }) => [time, before, waiting, onLink])).toEqual([
    [0, 100, 0, 0],
    [1, 200, 0, 0],
    [2, 100, 100, 0],
    [3, 100, 0, 100],
    [4, 0, 100, 100],
    [5, 0, 100, 0],
    [5, 0, 0, 100],
    [9, 0, 0, 0],
  ]);
  expect(mostQueued(queueSteps(trace))).toBe(200);
});

test('stops counting a frame that the link drops', () => {
  const dropped: TraceEvent = { ...up, time: 3, at: 'link', name: 'frame_dropped', frame: 0, reason: 'The link was cut.' };
  expect(queueSteps({ ...trace, events: [sent(0, 0), captured(1, 0), dropped] }).at(-1)).toMatchObject({
    before: 0,
    waiting: 0,
    onLink: 0,
  });
});

test('never goes below zero when the clocks show a frame before its message, and leaves out other connections', () => {
  const steps = queueSteps({ ...trace, events: [captured(0, 0), sent(1, 0), { ...sent(2, 0), connection: 'A2' }] }, 'A1');
  expect(steps.map(({ before, waiting }) => [before, waiting])).toEqual([
    [0, 100],
    [0, 100],
  ]);
});
