import { expect, test } from 'vitest';
import { exchangesOf } from '../trace/exchange-index.ts';
import { flightsOf } from '../trace/flight-index.ts';
import { emptyTrace, type Trace } from '../trace/trace.ts';
import { toHar } from './har.ts';
import { toPcapng } from './pcapng.ts';
import { readPcapng } from './read-pcapng-for-tests.ts';

const hex = (text: string): string => Buffer.from(text).toString('hex');
const handshake = 'GET /s/******.A1/echo HTTP/1.1\r\nHost: h\r\nCookie: a=***\r\n\r\n';
const request = 'GET /s/******.A2.0/poll/x HTTP/1.1\r\nHost: h\r\n\r\n';
const up = { at: 'socket', direction: 'client-to-server' } as const;
const trace: Trace = {
  ...emptyTrace(),
  connections: [
    { id: 'A1', client: 'A', url: '/echo' },
    { id: 'A2', client: 'A', url: '/poll/x', kind: 'http' },
  ],
  events: [
    { ...up, time: 1, connection: 'A1', name: 'handshake_sent', bytes: hex(handshake), leftOut: 9 },
    {
      time: 2,
      at: 'socket',
      connection: 'A2',
      exchange: 0,
      name: 'exchange_started',
      method: 'GET',
      target: '/s/******.A2.0/poll/x',
    },
    {
      ...up,
      time: 2,
      connection: 'A2',
      exchange: 0,
      name: 'request_sent',
      bytes: hex(request),
      length: request.length,
      leftOut: 6,
    },
  ],
};
const says = (bytes: number): string =>
  `${bytes} of its bytes would reveal who asked or the name of the session, and are shown as *.`;

test('flights and exchanges count the bytes that the tap left out, and keep their lengths on the wire', () => {
  const [first] = flightsOf(trace);
  expect([first?.leftOut, first?.length]).toEqual([9, handshake.length]);
  expect(exchangesOf(trace)[0]?.request.leftOut).toBe(6);
});

test('HAR and pcapng say how much of a request was left out, and say nothing when nothing was', () => {
  expect(toHar(trace).log.entries.map((entry) => entry.request.comment)).toEqual([says(9), says(6)]);
  const { packets } = readPcapng(toPcapng(trace));
  const comments = packets.flatMap(({ comment }) => comment ?? []);
  expect(comments.map((comment) => comment.split('received. ')[1] ?? comment)).toEqual([says(9), says(6)]);
  const whole = { ...trace, events: trace.events.map((event) => ('leftOut' in event ? { ...event, leftOut: 0 } : event)) };
  expect(JSON.stringify(toHar(whole))).not.toContain('left out');
});
