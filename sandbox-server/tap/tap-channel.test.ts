import { expect, test } from 'vitest';
import type { TapToPage } from '../../protocol/messages/tap-messages.ts';
import { createFakeTimers } from '../testing/fake-timers.ts';
import { TapChannel } from './tap-channel.ts';

function channelOf({ maxBytes = Infinity, maxEvents = Infinity } = {}) {
  const timers = createFakeTimers();
  const sent: TapToPage[] = [];
  const closing: (() => void)[] = [];
  const connection = {
    queuedBytes: 0,
    send: (data: string) => sent.push(JSON.parse(data) as TapToPage),
    onMessage: () => undefined,
    onClose: (listener: () => void) => closing.push(listener),
    guarded: (act: () => void) => act,
  };
  const channel = new TapChannel({ connection, timers, maxBytes, maxEvents, changeConditions: () => undefined });
  const add = (connectionName: string, number: number): void => channel.add(connectionName, JSON.stringify({ number }));
  const close = (): void => closing.forEach((listener) => listener());
  const batches = (): unknown[][] => sent.flatMap((message) => (message.type === 'events' ? [message.events] : []));
  return { timers, connection, add, batches, close };
}

test('the first event of a quiet tap goes out in the same turn, and those that follow gather for 10 ms', () => {
  const { timers, add, batches } = channelOf();
  add('A1', 1);
  timers.pass(0);
  add('A1', 2);
  timers.pass(5);
  add('A1', 3);
  timers.pass(4);
  expect(batches()).toEqual([[{ number: 1 }]]);
  timers.pass(1);
  expect(batches()).toEqual([[{ number: 1 }], [{ number: 2 }, { number: 3 }]]);
  timers.pass(20);
  expect(timers.waiting).toBe(0);
});

test('events beyond the bound are left out and counted exactly, per connection, and the mark stands in their place', () => {
  const { timers, add, batches, connection } = channelOf({ maxEvents: 3 });
  connection.queuedBytes = 1;
  for (let i = 0; i < 10; i++) add(i % 2 ? 'B1' : 'A1', i);
  add('C1', 99);
  timers.pass(0);
  expect(batches()).toEqual([
    [
      { number: 0 },
      { number: 1 },
      { number: 2 },
      expect.objectContaining({ name: 'events_omitted', connection: 'B1', count: 4 }),
      expect.objectContaining({ name: 'events_omitted', connection: 'A1', count: 3 }),
      expect.objectContaining({ name: 'events_omitted', connection: 'C1', count: 1 }),
    ],
  ]);
  add('A1', 100);
  timers.pass(10);
  expect(batches().at(-1)).toEqual([{ number: 100 }]);
});

test('while the page does not read, nothing more is queued, and the mark waits until it reads again', () => {
  const { timers, add, batches, connection } = channelOf({ maxBytes: 100 });
  connection.queuedBytes = 100;
  for (let i = 0; i < 1000; i++) {
    add('A1', i);
    timers.pass(1);
  }
  expect(batches()).toEqual([]);
  connection.queuedBytes = 0;
  timers.pass(10);
  expect(batches()).toEqual([[expect.objectContaining({ name: 'events_omitted', count: 1000 })]]);
});

test('a closed tap leaves no timer', () => {
  const { timers, add, close } = channelOf();
  add('A1', 1);
  close();
  expect(timers.waiting).toBe(0);
});

test('splits very many gathered events into messages of 250, and leaves none out', () => {
  const { timers, add, batches } = channelOf();
  for (let i = 0; i < 600; i++) add('A1', i);
  timers.pass(0);
  expect(batches().map((events) => events.length)).toEqual([250, 250, 100]);
  expect(batches().flat()).toEqual(Array.from({ length: 600 }, (_, number) => ({ number })));
});
