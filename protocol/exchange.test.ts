import { expect, test } from 'vitest';
import { ExchangeIndex, exchangesOf } from './exchange.ts';
import { emptyTrace, type ExchangeEvent } from './trace.ts';

const of = { connection: 'A1', exchange: 0 } as const;
const up = { ...of, direction: 'client-to-server' } as const;
const down = { ...of, direction: 'server-to-client' } as const;

/** A long poll, held for 500 ms on a link of 40 ms. */
const longPoll: ExchangeEvent[] = [
  { ...of, time: 10, at: 'socket', name: 'exchange_started', method: 'GET', target: '/s/x.A1/long-poll/y' },
  { ...up, time: 10, at: 'socket', name: 'request_sent', length: 2, bytes: '4745' },
  { ...up, time: 11, at: 'link', name: 'request_departed' },
  { ...up, time: 51, at: 'server', name: 'request_received' },
  { ...down, time: 551, at: 'server', name: 'response_sent', part: 0, status: 200, length: 24, final: true },
  { ...down, time: 552, at: 'link', name: 'response_departed', part: 0 },
  { ...down, time: 592, at: 'socket', name: 'response_received', part: 0, length: 3, bytes: '485454', final: true },
  { ...of, time: 593, at: 'socket', name: 'exchange_ended', complete: true },
];

test('a long poll is a request, the time for which it was held, and a response', () => {
  expect(exchangesOf({ ...emptyTrace(), events: longPoll })).toEqual([
    {
      id: 'A1 0',
      connection: 'A1',
      method: 'GET',
      target: '/s/x.A1/long-poll/y',
      startedAt: 10,
      request: { sentAt: 10, departedAt: 11, receivedAt: 51, bytes: '4745' },
      status: 200,
      parts: [{ sentAt: 551, departedAt: 552, receivedAt: 592, bytes: '485454', length: 24, final: true }],
      heldMs: 500,
      endedAt: 593,
      complete: true,
      reason: undefined,
    },
  ]);
});

test('what the client saw is joined in the order of its exchanges, a preflight passed over, whichever was heard of first', () => {
  const client: ExchangeEvent[] = [
    { connection: 'A1', time: 5, at: 'client', name: 'exchange_started', method: 'GET', target: '/long-poll/y' },
    {
      connection: 'A1',
      direction: 'server-to-client',
      time: 600,
      at: 'client',
      name: 'response_received',
      part: 0,
      status: 200,
    },
    { connection: 'A1', time: 601, at: 'client', name: 'exchange_ended', complete: true },
  ];
  const preflight: ExchangeEvent = {
    connection: 'A1',
    exchange: 9,
    time: 6,
    at: 'socket',
    name: 'exchange_started',
    method: 'OPTIONS',
    target: '/s/x.A1/long-poll/y',
  };
  for (const events of [
    [...client, preflight, ...longPoll],
    [preflight, ...longPoll, ...client],
  ]) {
    const [first, second, ...more] = exchangesOf({ ...emptyTrace(), events });
    expect(more).toEqual([]);
    expect(first).toMatchObject({ method: 'GET', target: '/long-poll/y', startedAt: 5, endedAt: 601, heldMs: 500 });
    expect(first?.parts[0]).toMatchObject({ receivedAt: 600, bytes: '485454' });
    expect(second).toMatchObject({ method: 'OPTIONS', parts: [] });
  }
});

test('an event stream has a part for its head and one for each write, and is not whole where its client went away', () => {
  const index = new ExchangeIndex();
  for (const event of longPoll.slice(0, 4)) index.add(event);
  for (let part = 0; part < 3; part++) {
    const status = part === 0 ? { status: 200 } : {};
    index.add({ ...down, time: 60 + part, at: 'server', name: 'response_sent', part, ...status, length: 10 * part });
  }
  index.add({ ...of, time: 90, at: 'socket', name: 'exchange_ended', complete: false, reason: 'The client went away.' });
  const [stream] = index.exchanges;
  expect(stream?.parts.map(({ length, final, receivedAt }) => [length, final, receivedAt])).toEqual([
    [0, false, undefined],
    [10, false, undefined],
    [20, false, undefined],
  ]);
  expect(stream).toMatchObject({ heldMs: 9, complete: false, reason: 'The client went away.' });
});
