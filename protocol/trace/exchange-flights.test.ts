import { expect, test } from 'vitest';
import { measureDuplex } from '../measures/duplex.ts';
import { flightsOf } from './flight-index.ts';
import { asciiBytes } from '../wire/handshake.ts';
import { requestBytes, responseBytes } from './http-message.ts';
import { type ExchangeEvent, emptyTrace, toHex } from './trace.ts';

const of = { connection: 'A1', request: 0, exchange: 0 } as const;
const up = { ...of, direction: 'client-to-server' } as const;
const down = { ...of, direction: 'server-to-client' } as const;
const request = 'GET /s/x.A1/events/y HTTP/1.1\r\nHost: x\r\n\r\n';
const head = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n';
const chunk = 'e\r\ndata: one\r\n\r\n\r\n\r\n';
const hex = (text: string): string => toHex(asciiBytes(text));

/** An event stream on a link of 40 ms, held for 9 ms, with one event; the browser kept the request back for 5 ms. */
const stream: ExchangeEvent[] = [
  { connection: 'A1', request: 0, time: 5, at: 'client', name: 'exchange_started', method: 'GET', target: '/events/y' },
  { ...of, time: 10, at: 'socket', name: 'exchange_started', method: 'GET', target: '/s/x.A1/events/y' },
  { ...up, time: 10, at: 'socket', name: 'request_sent', length: request.length, bytes: hex(request) },
  { ...up, time: 11, at: 'link', name: 'request_departed' },
  { ...up, time: 51, at: 'server', name: 'request_received' },
  { ...down, time: 60, at: 'server', name: 'response_sent', part: 0, status: 200, length: 0 },
  { ...down, time: 60, at: 'link', name: 'response_departed', part: 0 },
  { ...down, time: 80, at: 'server', name: 'response_sent', part: 1, length: 14 },
  { ...down, time: 81, at: 'link', name: 'response_departed', part: 1 },
  { ...down, time: 100, at: 'socket', name: 'response_received', part: 0, length: head.length, bytes: hex(head) },
  { ...down, time: 121, at: 'socket', name: 'response_received', part: 1, length: chunk.length, bytes: hex(chunk) },
];

test('turns a request and each part of its response into a flight with its times and length', () => {
  const flights = flightsOf({ ...emptyTrace(), events: stream });
  expect(flights.map(({ kind, part, sentAt, departedAt, receivedAt, length }) => [kind, part, sentAt, departedAt, receivedAt, length])) // prettier-ignore
    .toEqual([
      ['request', undefined, 5, 11, 51, request.length],
      ['response', 0, 60, 60, 100, head.length],
      ['response', 1, 80, 81, 121, chunk.length],
    ]);
  expect(flights.map(({ onLink }) => onLink)).toEqual([
    { from: 11, to: 51 },
    { queuedAt: 60, from: 60, to: 100 },
    { queuedAt: 80, from: 81, to: 121 },
  ]);
  expect(new Set(flights.map(({ exchange }) => exchange)).size).toBe(1);
});

test('counts HTTP flights in the share of time', () => {
  const { spanMs, clientToServer, serverToClient, both } = measureDuplex(flightsOf({ ...emptyTrace(), events: stream }));
  expect([spanMs, clientToServer * spanMs, serverToClient * spanMs, both]).toEqual([110, 40, 61, 0]);
});

test('marks a request that the link did not carry as dropped, with the reason', () => {
  const reason = 'This link is simplex: it carries server-to-client alone.';
  const events: ExchangeEvent[] = [...stream.slice(0, 3), { ...up, time: 12, at: 'link', name: 'request_dropped', reason }];
  const [flight] = flightsOf({ ...emptyTrace(), events });
  expect(flight).toMatchObject({ dropped: { at: 12, reason }, receivedAt: undefined });
});

test('tells the bytes of HTTP apart: head, chunk sizes, content', () => {
  const [first] = flightsOf({ ...emptyTrace(), events: stream });
  if (!first?.exchange) throw new Error('There is no exchange');
  expect(requestBytes(first.exchange)).toMatchObject({ headLength: request.length, framingLength: 0, content: new Uint8Array() });
  expect(responseBytes(first.exchange, 0)).toMatchObject({ headLength: head.length, framingLength: 0 });
  const part = responseBytes(first.exchange, 1);
  expect(part).toMatchObject({ head: undefined, headLength: 0, framingLength: chunk.length - 14 });
  expect(String.fromCharCode(...(part?.content ?? []))).toBe('data: one\r\n\r\n\r'.slice(0, 14));
});
