import { expect, test } from 'vitest';
import type { TraceEvent } from '../../protocol/trace.ts';
import { TraceStore } from './trace-store.ts';

// The store keeps what it is given: each test has events of its own.
const started = (): TraceEvent => ({ time: 1005, at: 'client', connection: 'A1', name: 'connection_started', url: '/echo' });
const opened = (): TraceEvent => ({ time: 5008, at: 'server', connection: 'A1', name: 'connection_opened' });

test("client and server events come onto one clock: the run's start is zero, the offset is taken off the server's times", () => {
  const store = new TraceStore(1000, { offsetMs: 4000, uncertaintyMs: 0.2 });
  store.addFromServer([opened()]);
  store.addFromClient([started()]);
  expect(store.document().events.map(({ name, time }) => [name, time])).toEqual([
    ['connection_started', 5],
    ['connection_opened', 8],
  ]);
  expect(store.trace.connections).toEqual([{ id: 'A1', client: 'A', url: '/echo' }]);
  expect(store.revision.value).toBe(2);
});

test('a recorded trace put into a store comes out as the same document', () => {
  const store = new TraceStore(1000, { offsetMs: 4000, uncertaintyMs: 0.2 });
  store.addFromClient([started()]);
  store.addFromServer([opened()]);
  expect(TraceStore.of(store.document()).document()).toEqual(store.document());
});

test('in a document connections stand in the order of their start, whoever told of it first', () => {
  const store = new TraceStore(1000, { offsetMs: 4000, uncertaintyMs: 0.2 });
  store.addFromServer([{ time: 5006, at: 'client', connection: 'rawA1', name: 'connection_started', url: '/echo' }]);
  store.addFromClient([started()]);
  expect(store.document().connections.map(({ id, client }) => [id, client])).toEqual([
    ['A1', 'A'],
    ['rawA1', 'rawA'],
  ]);
});

test('frames are counted as they come; the halves of the opening handshake are none', () => {
  const store = new TraceStore(0, { offsetMs: 0, uncertaintyMs: 0 });
  const half = { connection: 'A1', at: 'socket', name: 'handshake_sent', direction: 'client-to-server' } as const;
  const message = { connection: 'A1', at: 'client', name: 'message_sent', kind: 'text', length: 1 } as const;
  store.addFromServer([{ ...half, time: 0 }]);
  store.addFromClient([
    { ...message, time: 1, message: 0 },
    { ...message, time: 2, message: 1 },
  ]);
  expect([store.flights.length, store.frameCount]).toEqual([3, 2]);
});

test('of a run with more frames than are kept, those that came first are kept whole, and the rest is counted', () => {
  const store = new TraceStore(0, { offsetMs: 0, uncertaintyMs: 0 }, { keep: 2 });
  const frame = {
    connection: 'A1',
    direction: 'client-to-server',
    fin: true,
    rsv: 0,
    opcode: 1,
    masked: false,
    length: 0,
  } as const;
  const sent = (time: number): TraceEvent => ({
    ...frame,
    time,
    at: 'socket',
    name: 'frame_sent',
    frame: time,
    message: time,
    bytes: '8100',
  });
  const received = (time: number): TraceEvent => ({
    time: time + 10,
    at: 'server',
    name: 'frame_received',
    connection: 'A1',
    direction: 'client-to-server',
    frame: time,
  });
  store.addFromServer([0, 1, 2, 3].map(sent));
  store.addFromServer([0, 1, 2, 3].map(received));
  expect(store.flights.map(({ receivedAt }) => receivedAt)).toEqual([10, 11]);
  expect(store.leftOutCount).toBe(2);
  expect(store.trace.events.filter(({ name }) => name === 'events_omitted')).toMatchObject([{ time: 2, count: 4 }]);
  expect(store.changes).toEqual(store.flights);
});

test('an address that is asked by HTTP is one connection of the trace, however often it is asked, and has exchanges', () => {
  const store = new TraceStore(0, { offsetMs: 0, uncertaintyMs: 0 });
  const asked = { connection: 'A1', at: 'client', name: 'exchange_started', method: 'GET', api: 'fetch' } as const;
  store.addFromClient([
    { ...asked, time: 0, request: 0, target: '/poll/x?after=0' },
    { ...asked, time: 9, request: 1, target: '/poll/x?after=3' },
  ]);
  expect(store.trace.connections).toEqual([{ id: 'A1', client: 'A', url: '/poll/x', kind: 'http' }]);
  expect(store.exchanges.map(({ target }) => target)).toEqual(['/poll/x?after=0', '/poll/x?after=3']);
});
