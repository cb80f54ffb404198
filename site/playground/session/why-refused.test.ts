import { expect, test } from 'vitest';
import { type TraceEvent, toHex } from '../../../protocol/trace/trace.ts';
import { Refusals } from './why-refused.ts';

/** Returns what the tap reports about an answer. */
function answered(exchange: number, status: number, target: string, message: string): TraceEvent[] {
  const of = { connection: 'A1', exchange, time: 0 } as const;
  const text = new TextEncoder().encode(message);
  return [
    { ...of, at: 'socket', name: 'exchange_started', method: 'GET', target: `/s/x.A1.0${target}` },
    { ...of, at: 'server', name: 'response_sent', direction: 'server-to-client', part: 0, status, length: 1 },
    { ...of, at: 'socket', name: 'response_received', direction: 'server-to-client', part: 0, bytes: toHex(text) },
    { ...of, at: 'socket', name: 'exchange_ended', complete: true },
  ];
}

const plain = 'HTTP/1.1 429 Too Many Requests\r\nContent-Type: text/plain\r\n\r\nToo many.\n\nThe addresses: …\n';
const json = 'HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\n\r\n{"error":"Wrong parameter: \\"after\\"."}';

test('reports a refusal with its address, status and sentence, once for all that were refused alike', () => {
  const refusals = new Refusals();
  const told = [
    ...answered(0, 200, '/poll/x', 'HTTP/1.1 200 OK\r\n\r\n{}'),
    ...answered(1, 429, '/poll/x?after=1', plain),
    ...answered(2, 429, '/poll/x?after=2', plain),
    ...answered(3, 400, '/poll/x?after=y', json),
  ].flatMap((event) => refusals.take(event) ?? []);
  expect(told).toEqual([
    'The sandbox refused GET /poll/x?after=1 (429): Too many.',
    'The sandbox refused GET /poll/x?after=y (400): Wrong parameter: "after".',
  ]);
});

test('blames the link, not the sandbox, for what the link does not carry', () => {
  const [started, , received, ended] = answered(0, 403, '/events/x', 'HTTP/1.1 403 Forbidden\r\n\r\nThis link is simplex.\n');
  const events = [started, { ...received, status: 403 }, ended] as TraceEvent[];
  const refusals = new Refusals();
  expect(events.flatMap((event) => refusals.take(event) ?? [])).toEqual([
    'The link refused GET /events/x (403): This link is simplex.',
  ]);
});

test('reports a refusal without a body, as to HEAD, by its status', () => {
  const head = 'HTTP/1.1 405 Method Not Allowed\r\nContent-Type: application/json\r\n\r\n';
  const refusals = new Refusals();
  const told = answered(0, 405, '/poll/x', head).flatMap((event) => refusals.take(event) ?? []);
  expect(told).toEqual(['The sandbox refused GET /poll/x (405)']);
});
