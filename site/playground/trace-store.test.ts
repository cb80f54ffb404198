import { expect, test } from 'vitest';
import type { TraceEvent } from '../../protocol/trace.ts';
import { TraceStore } from './trace-store.ts';

const started: TraceEvent = { time: 1005, at: 'client', connection: 'A1', name: 'connection_started', url: '/echo' };
const opened: TraceEvent = { time: 5008, at: 'server', connection: 'A1', name: 'connection_opened' };

test("client and server events come onto one clock: the run's start is zero, the offset is taken off the server's times", () => {
  const store = new TraceStore(1000, { offsetMs: 4000, uncertaintyMs: 0.2 });
  store.addFromServer([opened]);
  store.addFromClient([started]);
  expect(store.document().events.map(({ name, time }) => [name, time])).toEqual([
    ['connection_started', 5],
    ['connection_opened', 8],
  ]);
  expect(store.trace.connections).toEqual([{ id: 'A1', client: 'A', url: '/echo' }]);
  expect(store.revision.value).toBe(2);
});

test('a recorded trace put into a store comes out as the same document', () => {
  const store = new TraceStore(1000, { offsetMs: 4000, uncertaintyMs: 0.2 });
  store.addFromClient([started]);
  store.addFromServer([opened]);
  expect(TraceStore.of(store.document()).document()).toEqual(store.document());
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
