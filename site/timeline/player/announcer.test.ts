import { expect, test } from 'vitest';
import type { TraceEvent } from '../../../protocol/trace/trace.ts';
import { Announcer, announceEvery } from './announcer.ts';

const sent = (direction: 'client-to-server' | 'server-to-client') =>
  ({ time: 0, at: 'socket', name: 'frame_sent', connection: 'A1', direction, frame: 0 }) as TraceEvent;
const opened: TraceEvent = { time: 0, at: 'client', name: 'connection_opened', connection: 'A1' };

test('announces a flood of frames in one sentence every two seconds, which counts all of them', () => {
  const announcer = new Announcer();
  const events: TraceEvent[] = [];
  const said: [number, string][] = [];
  for (let now = 0; now < 10_000; now++) {
    events.push(sent('client-to-server'));
    if (now % 2 === 0) events.push(sent('server-to-client'));
    announcer.read(events);
    const words = announcer.next(now);
    if (words) said.push([now, words]);
  }
  expect(said.map(([now]) => now)).toEqual([0, 2000, 4000, 6000, 8000]);
  expect(said[1]?.[1]).toBe('3000 more frames: 2000 from the client, 1000 from the server.');
});

test('says what happens to connections too, and counts it when there is much of it', () => {
  const announcer = new Announcer();
  announcer.read([opened, sent('client-to-server')]);
  expect(announcer.next(0)).toBe('Connection A1 is open. 1 more frame: 1 from the client.');
  expect(announcer.next(announceEvery)).toBeUndefined();
  announcer.restart();
  announcer.read([opened, opened, opened, opened]);
  expect(announcer.next(2 * announceEvery)).toBe('4 connections opened or closed.');
});

test('counts what is left out as it grows, each event once', () => {
  const announcer = new Announcer();
  const mark: TraceEvent = { time: 0, at: 'socket', name: 'events_omitted', connection: 'A1', count: 1 };
  announcer.read([mark]);
  expect(announcer.next(0)).toBe('1 event left out.');
  mark.count = 40;
  announcer.read([mark]);
  expect(announcer.next(announceEvery)).toBe('39 events left out.');
  expect(announcer.next(2 * announceEvery)).toBeUndefined();
});
