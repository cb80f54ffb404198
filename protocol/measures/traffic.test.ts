import { expect, test } from 'vitest';
import { flightsOf } from '../trace/flight-index.ts';
import { encodeFrame, Opcode } from '../wire/frame.ts';
import { type Trace, type TraceEvent, toHex } from '../trace/trace.ts';
import { trafficOf } from './traffic.ts';

const ascii = (text: string): string => toHex(new TextEncoder().encode(text));

/** Returns a frame as the tap reports it. */
function frame(
  direction: 'client-to-server' | 'server-to-client',
  number: number,
  opcode: number,
  text: string,
  fin = true,
): TraceEvent {
  const masked = direction === 'client-to-server';
  const payload = new TextEncoder().encode(text);
  const bytes = encodeFrame({ opcode, payload, fin, ...(masked && { maskingKey: Uint8Array.of(1, 2, 3, 4) }) });
  const at = masked ? 'socket' : 'server';
  const seen = { fin, rsv: 0, opcode, masked, length: payload.length, bytes: toHex(bytes) };
  return { time: number, at, connection: 'A1', name: 'frame_sent', direction, frame: number, ...seen };
}

const traceOf = (connections: Trace['connections'], events: TraceEvent[]): Trace => ({
  version: 1,
  network: 'live',
  clock: { offsetMs: 0, uncertaintyMs: 0 },
  connections,
  events,
});
const traffic = (trace: Trace) => trafficOf(trace, flightsOf(trace));

test('counts 6 bytes of framing for "Hello" up, 2 down, and all of a control frame (RFC 6455 §5.2, §5.7)', () => {
  const counted = traffic(
    traceOf(
      [{ id: 'A1', client: 'A', url: '/echo' }],
      [
        frame('client-to-server', 0, Opcode.text, 'Hello'),
        frame('server-to-client', 0, Opcode.text, 'Hello'),
        frame('client-to-server', 1, Opcode.ping, 'abc'),
      ],
    ),
  );
  expect(counted.bytes).toEqual({
    'client-to-server': { payload: 5, framing: 6 + 6 + 3, heads: 0 },
    'server-to-client': { payload: 5, framing: 2, heads: 0 },
  });
  expect(counted).toMatchObject({ connections: 1, messages: { 'client-to-server': 1, 'server-to-client': 1 }, total: 27 });
});

test('a message in two fragments is one message', () => {
  const parts = [
    frame('server-to-client', 0, Opcode.text, 'Hel', false),
    frame('server-to-client', 1, Opcode.continuation, 'lo'),
  ];
  const { messages, bytes } = traffic(traceOf([{ id: 'A1', client: 'A', url: '/echo' }], parts));
  expect(messages['server-to-client']).toBe(1);
  expect(bytes['server-to-client']).toEqual({ payload: 5, framing: 4, heads: 0 });
});

test('tells heads, chunk sizes and content of HTTP apart, and counts TCP connections by their sockets', () => {
  const request = 'POST /messages/a HTTP/1.1\r\nHost: a\r\n\r\nHi';
  const head = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n';
  const base = { connection: 'A1', exchange: 0 };
  const events: TraceEvent[] = [0, 1].flatMap((exchange): TraceEvent[] => [
    { ...base, exchange, time: 0, at: 'socket', name: 'exchange_started', method: 'POST', target: '/messages/a', socket: 0 },
    {
      ...base,
      exchange,
      time: 1,
      at: 'socket',
      name: 'request_sent',
      direction: 'client-to-server',
      length: request.length,
      bytes: ascii(request),
    },
    {
      ...base,
      exchange,
      time: 2,
      at: 'server',
      name: 'response_sent',
      direction: 'server-to-client',
      part: 0,
      status: 200,
      length: 0,
    },
    {
      ...base,
      exchange,
      time: 2,
      at: 'socket',
      name: 'response_received',
      direction: 'server-to-client',
      part: 0,
      length: head.length,
      bytes: ascii(head),
    },
    { ...base, exchange, time: 3, at: 'server', name: 'response_sent', direction: 'server-to-client', part: 1, length: 5 },
    {
      ...base,
      exchange,
      time: 3,
      at: 'socket',
      name: 'response_received',
      direction: 'server-to-client',
      part: 1,
      length: 10,
      bytes: ascii('5\r\nHello\r\n'),
    },
  ]);
  const counted = traffic(traceOf([{ id: 'A1', client: 'A', url: '/messages/a', kind: 'http' }], events));
  expect(counted).toMatchObject({ connections: 1, requests: 2 });
  expect(counted.bytes).toEqual({
    'client-to-server': { payload: 4, framing: 0, heads: 2 * (request.length - 2) },
    'server-to-client': { payload: 10, framing: 10, heads: 2 * head.length },
  });
  expect(counted.total).toBe(2 * (request.length + head.length + 10));
});
