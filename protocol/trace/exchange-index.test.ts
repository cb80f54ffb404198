import { expect, test } from 'vitest';
import { ExchangeIndex, exchangesOf } from './exchange-index.ts';
import { emptyTrace, type ExchangeEvent } from './trace.ts';

const of = { connection: 'A1', exchange: 0, request: 0 } as const;
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

test('reads a long poll as a request, the time it was held, and a response', () => {
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

const asked = { connection: 'A1', request: 0, at: 'client' } as const;
const headCame = { ...asked, name: 'response_received', direction: 'server-to-client', part: 0, status: 200 } as const;

test('joins what the client saw by request number and skips the preflight, whichever end is heard first', () => {
  const client: ExchangeEvent[] = [
    { ...asked, time: 5, name: 'exchange_started', method: 'GET', target: '/long-poll/y', api: 'fetch' },
    { ...headCame, time: 600 },
    { ...asked, time: 601, name: 'chunk_read', chunk: 0, length: 24 },
    { ...asked, time: 601, name: 'exchange_ended', complete: true },
  ];
  const preflight: ExchangeEvent = {
    connection: 'A1',
    request: 0,
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
    expect(first?.client).toEqual({
      api: 'fetch',
      headAt: 600,
      chunks: [{ time: 601, length: 24 }],
      events: [],
      endedAt: 601,
      outcome: 'complete',
    });
    expect(second).toMatchObject({ method: 'OPTIONS', parts: [] });
    expect(second?.client).toBeUndefined();
  }
});

/** Yields every merge of two lists that keeps the order of each. */
function* interleaved<Item>(a: readonly Item[], b: readonly Item[]): Generator<Item[]> {
  const [first, ...restOfA] = a;
  const [second, ...restOfB] = b;
  if (first === undefined || second === undefined) return yield [...a, ...b];
  for (const rest of interleaved(restOfA, b)) yield [first, ...rest];
  for (const rest of interleaved(a, restOfB)) yield [second, ...rest];
}

test('gives a reconnecting EventSource one exchange each time, with its own events, whichever end is heard first', () => {
  const event = { ...asked, name: 'event_received', type: 'message', length: 6 } as const;
  const client: ExchangeEvent[] = [
    { ...asked, time: 5, name: 'exchange_started', method: 'GET', target: '/events/y', api: 'EventSource' },
    { ...headCame, time: 20 },
    { ...event, time: 30, event: 0, lastEventId: '1' },
    { ...asked, time: 40, name: 'reconnecting' },
    { ...headCame, time: 120 },
    { ...event, time: 130, event: 1, lastEventId: '2' },
    { ...asked, time: 140, name: 'exchange_ended', complete: false, cause: 'aborted', reason: 'The program closed it.' },
  ];
  const started = { ...of, at: 'socket', name: 'exchange_started', method: 'GET', target: '/s/x.A1.0/events/y' } as const;
  const server: ExchangeEvent[] = [
    { ...started, time: 10 },
    { ...of, time: 39, at: 'socket', name: 'exchange_ended', complete: false, reason: 'The link was cut.' },
    { ...started, exchange: 1, time: 110 },
    { ...of, exchange: 1, time: 141, at: 'socket', name: 'exchange_ended', complete: false, reason: 'The client went away.' },
  ];
  for (const events of interleaved(client, server)) {
    const all = exchangesOf({ ...emptyTrace(), events });
    expect(all.map(({ startedAt, target }) => [startedAt, target])).toEqual([
      [5, '/events/y'],
      [110, '/events/y'],
    ]);
    expect(
      all.map(({ client: seen }) => [seen?.headAt, seen?.events.map(({ lastEventId }) => lastEventId), seen?.outcome]),
    ).toEqual([
      [20, ['1'], 'reconnecting'],
      [120, ['2'], 'aborted'],
    ]);
    expect(all.map(({ reason }) => reason)).toEqual(['The link was cut.', expect.stringMatching(/program closed|client went/)]);
  }
});

test('gives an event stream a part for its head and one per write, and marks it incomplete when its client went away', () => {
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
