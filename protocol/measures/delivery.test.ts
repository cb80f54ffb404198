import { expect, test } from 'vitest';
import { responseOf } from '../trace/http-message.ts';
import { deliveriesOf, postsOf } from './delivery.ts';
import { exchangesOf } from '../trace/exchange-index.ts';
import { type ExchangeEvent, emptyTrace, toHex } from '../trace/trace.ts';

const hex = (text: string): string => toHex(new TextEncoder().encode(text));

/** Returns what both ends saw of an exchange, with one response part per text. */
function exchange(number: number, line: string, at: number, parts: string[], client: Partial<ExchangeEvent>[]): ExchangeEvent[] {
  const [method = '', target = ''] = line.split(' ');
  const of = { connection: 'A1', request: number, exchange: number } as const;
  const asked = { connection: 'A1', request: number, at: 'client' } as const;
  const down = { ...of, direction: 'server-to-client' } as const;
  const api = target.startsWith('/events') ? 'EventSource' : 'fetch';
  return [
    { ...asked, time: at, name: 'exchange_started', method, target, api },
    { ...of, time: at, at: 'socket', name: 'exchange_started', method, target: `/s/x.A1.${number}${target}` },
    {
      ...of,
      time: at,
      at: 'socket',
      name: 'request_sent',
      direction: 'client-to-server',
      bytes: hex(`${method} /s/x.A1.${number}${target} HTTP/1.1\r\n\r\n`),
    },
    ...parts.flatMap((text, part): ExchangeEvent[] => [
      {
        ...down,
        time: at + part,
        at: 'server',
        name: 'response_sent',
        part,
        ...(part === 0 && { status: method === 'POST' ? 201 : 200 }),
        length: 1,
      },
      { ...down, time: at + part, at: 'socket', name: 'response_received', part, bytes: hex(text) },
    ]),
    ...client.map((event) => ({ ...asked, ...event }) as ExchangeEvent),
  ];
}

const json = (value: unknown): string => `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n${JSON.stringify(value)}`;
const read = (time: number): Partial<ExchangeEvent>[] => [{ name: 'chunk_read', time, chunk: 0 }];
const posted = (number: number, id: number, at: number): ExchangeEvent[] =>
  exchange(number, 'POST /messages/news', at, [json({ id })], []);

test('a message is heard when the program reads the first answer that holds it, and never if it reads none', () => {
  const exchanges = exchangesOf({
    ...emptyTrace(),
    events: [
      ...posted(0, 1, 100),
      ...posted(1, 2, 200),
      ...exchange(2, 'GET /poll/news?after=0', 300, [json({ messages: [{ id: 1, data: 'one' }], last: 1 })], read(310)),
      ...exchange(3, 'GET /poll/news?after=0', 400, [json({ messages: [{ id: 1, data: 'one' }], last: 1 })], read(410)),
      ...exchange(4, 'GET /long-poll/news?after=1', 500, [json({ messages: [{ id: 2, data: 'two' }], last: 2 })], []),
    ],
  });
  expect(postsOf(exchanges)).toEqual([
    { channel: 'news', id: 1, at: 100 },
    { channel: 'news', id: 2, at: 200 },
  ]);
  expect(deliveriesOf(exchanges)).toMatchObject([{ channel: 'news', id: 1, data: 'one', postedAt: 100, heardAt: 310, times: 2 }]);
});

test('a stream event is heard when the EventSource dispatches it, even if it came in several chunks', () => {
  const head = 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n';
  const chunk = (text: string): string => `${text.length.toString(16)}\r\n${text}\r\n`;
  const event = { name: 'event_received', type: 'message', length: 3 } as const;
  const exchanges = exchangesOf({
    ...emptyTrace(),
    events: [
      ...posted(0, 7, 90),
      ...exchange(
        1,
        'GET /events/news',
        100,
        [head, chunk('retry: 2000\nid: 6\n\n'), chunk('id: 7\ndata: se'), chunk('ven\n\n'), chunk('id: 8\ndata: eight\n\n')],
        [{ ...event, time: 120, event: 0, lastEventId: '7' }],
      ),
    ],
  });
  const [, stream] = exchanges;
  expect(stream && responseOf(stream)?.text).toBe('retry: 2000\nid: 6\n\nid: 7\ndata: seven\n\nid: 8\ndata: eight\n\n');
  expect(deliveriesOf(exchanges)).toMatchObject([{ id: 7, data: 'seven', postedAt: 90, heardAt: 120, times: 1 }]);
});
