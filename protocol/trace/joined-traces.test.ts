import { expect, test } from 'vitest';
import { exchangesOf } from './exchange-index.ts';
import { flightsOf } from './flight-index.ts';
import { isOf, joinTraces } from './joined-traces.ts';
import type { Trace, TraceEvent } from './trace.ts';

const trace = (url: string, times: number[], uncertaintyMs = 1): Trace => ({
  version: 1,
  network: 'live',
  clock: { offsetMs: 5000, uncertaintyMs },
  connections: [{ id: 'A1', client: 'A', url }],
  events: times.map((time, message): TraceEvent => ({
    time,
    at: 'client',
    connection: 'A1',
    name: 'message_sent',
    message,
    kind: 'text',
    length: 1,
  })),
});
const asked = (time: number): Trace => ({
  ...trace('/poll/a', []),
  connections: [{ id: 'A1', client: 'A', url: '/poll/a', kind: 'http' }],
  events: [
    { time, at: 'socket', connection: 'A1', name: 'exchange_started', exchange: 0, method: 'GET', target: '/poll/a', socket: 0 },
  ],
});

test('each event appears once, in order of time, on a connection that shows which trace it came from', () => {
  const { trace: joined, names } = joinTraces([
    { name: 'one', trace: trace('/echo', [0, 20]) },
    { name: 'two', trace: trace('/echo', [10, 30], 3) },
  ]);
  expect(joined.events.map(({ time }) => time)).toEqual([0, 10, 20, 30]);
  expect(joined.events.map(({ connection }) => [isOf(0, connection), isOf(1, connection)])).toEqual([
    [true, false],
    [false, true],
    [true, false],
    [false, true],
  ]);
  expect(flightsOf(joined)).toHaveLength(4);
  expect(Object.values(names)).toEqual(['one', 'two']);
  expect(joined.clock.uncertaintyMs).toBe(3);
});

test('exchanges from different traces stay apart even if they share a number', () => {
  const { trace: joined } = joinTraces([
    { name: 'one', trace: asked(0) },
    { name: 'two', trace: asked(1) },
    { name: 'three', trace: asked(2) },
  ]);
  expect(exchangesOf(joined).map(({ startedAt }) => startedAt)).toEqual([0, 1, 2]);
  expect(new Set(joined.connections.map(({ server }) => server)).size).toBe(3);
});

test('does not confuse the connections of trace 1 with those of trace 11', () => {
  expect([isOf(0, '1.A1'), isOf(0, '11.A1'), isOf(10, '11.A1')]).toEqual([true, false, true]);
});
