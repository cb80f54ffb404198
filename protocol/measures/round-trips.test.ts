import { expect, test } from 'vitest';
import { roundTripsOf } from './round-trips.ts';
import { flightsOf } from '../trace/flight-index.ts';
import { encodeFrame, Opcode } from '../wire/frame.ts';
import { type Trace, type TraceEvent, toHex } from '../trace/trace.ts';

const ascii = (text: string): string => toHex(new TextEncoder().encode(text));
const maskingKey = Uint8Array.of(9, 8, 7, 6);

function webSocketTrip(text: string, number: number, sent: number, received: number): TraceEvent[] {
  const payload = new TextEncoder().encode(text);
  const seen = { connection: 'A1', fin: true, rsv: 0, opcode: Opcode.text, length: payload.length, frame: number } as const;
  const up = toHex(encodeFrame({ opcode: Opcode.text, payload, maskingKey }));
  const down = toHex(encodeFrame({ opcode: Opcode.text, payload }));
  return [
    { ...seen, time: sent, at: 'socket', name: 'frame_sent', direction: 'client-to-server', masked: true, bytes: up },
    { ...seen, time: received - 1, at: 'server', name: 'frame_sent', direction: 'server-to-client', masked: false, bytes: down },
    { connection: 'A1', time: received, at: 'socket', name: 'frame_received', direction: 'server-to-client', frame: number },
  ];
}

const traceOf = (events: TraceEvent[]): Trace => ({
  version: 1,
  network: 'live',
  clock: { offsetMs: 0, uncertaintyMs: 0 },
  connections: [],
  events,
});

test('finds when an update went up in a masked frame, and when it came back', () => {
  const events = [...webSocketTrip('update 1', 0, 10, 30), ...webSocketTrip('update 2', 1, 20, 45)];
  expect(roundTripsOf(flightsOf(traceOf(events)), /update \d+/g)).toEqual([
    { update: 'update 1', sentAt: 10, receivedAt: 30 },
    { update: 'update 2', sentAt: 20, receivedAt: 45 },
  ]);
});

test('finds posted updates in the answer to a poll, and gives no receipt time to one that never came back', () => {
  const post = (exchange: number, text: string, time: number): TraceEvent[] => [
    { time, at: 'socket', connection: 'A1', exchange, name: 'exchange_started', method: 'POST', target: '/messages/a' },
    {
      time,
      at: 'socket',
      connection: 'A1',
      exchange,
      name: 'request_sent',
      direction: 'client-to-server',
      bytes: ascii(`POST / HTTP/1.1\r\n\r\n${text}`),
    },
  ];
  const answer = 'HTTP/1.1 200 OK\r\n\r\n[{"data":"update 1"},{"data":"update 2"}]';
  const events: TraceEvent[] = [
    ...post(0, 'update 1', 5),
    ...post(1, 'update 2', 6),
    ...post(2, 'update 3', 7),
    { time: 8, at: 'socket', connection: 'A2', exchange: 3, name: 'exchange_started', method: 'GET', target: '/poll/a' },
    {
      time: 8,
      at: 'socket',
      connection: 'A2',
      exchange: 3,
      name: 'request_sent',
      direction: 'client-to-server',
      bytes: ascii('GET / HTTP/1.1\r\n\r\n'),
    },
    {
      time: 9,
      at: 'server',
      connection: 'A2',
      exchange: 3,
      name: 'response_sent',
      direction: 'server-to-client',
      part: 0,
      status: 200,
      length: 40,
    },
    {
      time: 12,
      at: 'socket',
      connection: 'A2',
      exchange: 3,
      name: 'response_received',
      direction: 'server-to-client',
      part: 0,
      bytes: ascii(answer),
    },
  ];
  expect(roundTripsOf(flightsOf(traceOf(events)), /update \d+/g)).toEqual([
    { update: 'update 1', sentAt: 5, receivedAt: 12 },
    { update: 'update 2', sentAt: 6, receivedAt: 12 },
    { update: 'update 3', sentAt: 7, receivedAt: undefined },
  ]);
});
