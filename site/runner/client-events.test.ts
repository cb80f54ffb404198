import { beforeEach, describe, expect, test } from 'vitest';
import type { TraceEvent } from '../../protocol/trace/trace.ts';
import { ClientEvents, mostOfClient } from './client-events.ts';
import { BrokenRule } from './read-event.ts';

let events: ClientEvents;
beforeEach(() => void (events = new ClientEvents()));

const at = (connection: string) => ({ time: 0, at: 'client', connection }) as const;
const started = (connection = 'A1'): TraceEvent => ({ ...at(connection), name: 'connection_started', url: '/echo' });
const opened: TraceEvent = { ...at('A1'), name: 'connection_opened' };
const sent = (message: number): TraceEvent => ({ ...at('A1'), name: 'message_sent', message, kind: 'text', length: 1 });
const closed: TraceEvent = { ...at('A1'), name: 'connection_closed', code: 1000, reason: '', wasClean: true };
const asked = (request: number): TraceEvent => ({
  ...at('A2'),
  name: 'exchange_started',
  request,
  method: 'GET',
  target: '/poll/x',
});
const read = (request: number): TraceEvent => ({ ...at('A2'), name: 'chunk_read', request, chunk: 0 });

test('keeps a conversation in order, and what the program does with a connection that is over', () => {
  const after: TraceEvent = { ...at('A1'), name: 'close_called' };
  for (const event of [started(), opened, sent(0), sent(1), closed, after, asked(0), asked(1), read(1), read(0)]) {
    expect(events.take(event)).toBe(true);
  }
  expect(events.leftOut).toBe(0);
});

describe('what no program can have done breaks a rule', () => {
  test.each<[what: string, before: TraceEvent[], event: TraceEvent]>([
    ['a connection that begins twice', [started(), opened], started()],
    ['one that opens twice', [started(), opened], opened],
    ['one that ends twice', [started(), closed], closed],
    ['a message after the end', [started(), opened, closed], sent(0)],
    ['a message with the number of one before it', [started(), opened, sent(0)], sent(0)],
    ['a request that begins twice', [asked(0)], asked(0)],
    ['a message on a connection that is asked by HTTP', [asked(0)], { ...sent(0), connection: 'A2' }],
  ])('%s', (_what, before, event) => {
    for (const one of before) events.take(one);
    expect(() => events.take(event)).toThrow(BrokenRule);
  });
});

test('leaves out and counts an event whose beginning the Worker left out: any may be missing', () => {
  expect(events.take(opened)).toBe(false);
  expect(events.take(sent(5))).toBe(false);
  events.take(asked(0));
  expect(events.take(read(1))).toBe(false);
  expect(events.leftOut).toBe(3);
  // Only its opening is missing.
  expect([events.take(started()), events.take(sent(7))]).toEqual([true, true]);
});

test('keeps as many connections as can be drawn when a program opens them without end, and counts the rest', () => {
  const all = Array.from({ length: mostOfClient.connections + 50 }, (_, i) => started(`A${i + 1}`));
  expect(all.filter((event) => events.take(event))).toHaveLength(mostOfClient.connections);
  expect(events.leftOut).toBe(50);
});

test('keeps as many events as a page can hold when a program acts without end', () => {
  events.take(started());
  const call: TraceEvent = { ...at('A1'), name: 'close_called' };
  let kept = 1;
  for (let i = 0; i < mostOfClient.events + 100; i++) if (events.take(call)) kept++;
  expect(kept).toBe(mostOfClient.events);
});
