import { expect, test } from 'vitest';
import { effectsBeforeCauses } from '../../../protocol/trace/effects-before-causes.ts';
import type { TraceEvent } from '../../../protocol/trace/trace.ts';
import { ServerClock } from '../clocks/server-clock.ts';
import { LiveTrace } from './live-trace.ts';
import { TraceStore } from '../trace-store.ts';

/** Returns a server clock that is `offsetMs` ahead, known to ± `uncertaintyMs`. */
const ahead = (offsetMs: number, uncertaintyMs = 0): ServerClock => ServerClock.of({ offsetMs, uncertaintyMs });

// The store keeps the objects it is given, so each test makes its own events.
const started = (): TraceEvent => ({ time: 1005, at: 'client', connection: 'A1', name: 'connection_started', url: '/echo' });
const opened = (): TraceEvent => ({ time: 5008, at: 'server', connection: 'A1', name: 'connection_opened' });

test("puts client and server events on one clock: the run starts at zero, and the server's times lose the offset", () => {
  const store = new LiveTrace(1000, ahead(4000, 0.2));
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
  const store = new LiveTrace(1000, ahead(4000, 0.2));
  store.addFromClient([started()]);
  store.addFromServer([opened()]);
  expect(TraceStore.of(store.document()).document()).toEqual(store.document());
});

test('a document lists connections in the order of their start, whichever was reported first', () => {
  const store = new LiveTrace(1000, ahead(4000, 0.2));
  store.addFromServer([{ time: 5006, at: 'client', connection: 'rawA1', name: 'connection_started', url: '/echo' }]);
  store.addFromClient([started()]);
  expect(store.document().connections.map(({ id, client }) => [id, client])).toEqual([
    ['A1', 'A'],
    ['rawA1', 'rawA'],
  ]);
});

test('counts frames as they come, without the halves of the opening handshake', () => {
  const store = new LiveTrace(0, ahead(0));
  const half = { connection: 'A1', at: 'socket', name: 'handshake_sent', direction: 'client-to-server' } as const;
  const message = { connection: 'A1', at: 'client', name: 'message_sent', kind: 'text', length: 1 } as const;
  store.addFromServer([{ ...half, time: 0 }]);
  store.addFromClient([
    { ...message, time: 1, message: 0 },
    { ...message, time: 2, message: 1 },
  ]);
  expect([store.flights.length, store.frameCount]).toEqual([3, 2]);
});

test('keeps the first frames whole when a run has more than are kept, and counts the rest', () => {
  const store = new LiveTrace(0, ahead(0), { keep: 2 });
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

test('an address asked by HTTP is one connection with exchanges, however often it is asked', () => {
  const store = new LiveTrace(0, ahead(0));
  const asked = { connection: 'A1', at: 'client', name: 'exchange_started', method: 'GET', api: 'fetch' } as const;
  store.addFromClient([
    { ...asked, time: 0, request: 0, target: '/poll/x?after=0' },
    { ...asked, time: 9, request: 1, target: '/poll/x?after=3' },
  ]);
  expect(store.trace.connections).toEqual([{ id: 'A1', client: 'A', url: '/poll/x', kind: 'http' }]);
  expect(store.exchanges.map(({ target }) => target)).toEqual(['/poll/x?after=0', '/poll/x?after=3']);
});

/**
 * Returns the events of a message that client A sends at `sent` and has back at `back`, on the page's clock. The server's clock
 * is 4000 ms ahead, and the server echoes at once.
 */
function echo(message: number, sent: number, atServer: number, back: number) {
  const on = { connection: 'A1' } as const;
  const wire = { fin: true, rsv: 0, opcode: 1, masked: false, length: 0, bytes: '8100', frame: message, message };
  const [up, down] = [{ ...on, direction: 'client-to-server' } as const, { ...on, direction: 'server-to-client' } as const];
  const client: TraceEvent[] = [
    { ...on, time: sent, at: 'client', name: 'message_sent', message, kind: 'text', length: 0 },
    { ...on, time: back, at: 'client', name: 'message_received', message, kind: 'text', length: 0 },
  ];
  const server: TraceEvent[] = [
    { ...up, ...wire, time: atServer, at: 'socket', name: 'frame_sent' },
    { ...up, time: atServer, at: 'server', name: 'frame_received', frame: message },
    { ...down, ...wire, time: atServer, at: 'server', name: 'frame_sent' },
    { ...down, time: atServer, at: 'socket', name: 'frame_received', frame: message },
  ];
  return { client, server };
}
const ways = ({ flights }: LiveTrace): (number | undefined)[][] => flights.map(({ sentAt, receivedAt }) => [sentAt, receivedAt]);

test('a run whose clocks were known to ± 50 ms learns their offset from its own events, so nothing arrives before it was sent', () => {
  const store = new LiveTrace(1000, ahead(4040, 50));
  const { client, server } = echo(0, 1010, 5012, 1014);
  store.addFromClient(client);
  store.addFromServer(server);
  // By what was known at first, the server had it 38 ms before it was sent.
  expect(ways(store)).toEqual([
    [10, 12],
    [12, 14],
  ]);
  expect(effectsBeforeCauses(store.document())).toEqual([]);
  expect(store.trace.clock).toEqual({ offsetMs: 4000, uncertaintyMs: 2 });
});

test('corrects times that are already shown in place, and reports each flight as changed', () => {
  const store = new LiveTrace(1000, ahead(4040, 50));
  const first = echo(0, 1010, 5030, 1050);
  store.addFromServer(first.server);
  store.addFromClient(first.client);
  const flights = [...store.flights];
  const told = store.changes.length;
  const second = echo(1, 1100, 5100.5, 1101);
  store.addFromServer(second.server);
  store.addFromClient(second.client);
  expect(effectsBeforeCauses(store.document())).toEqual([]);
  for (const [i, flight] of flights.entries()) expect(store.flights[i]).toBe(flight);
  expect(flights[0]).toMatchObject({ sentAt: 10, receivedAt: 30 });
  expect(new Set(store.changes.slice(told))).toEqual(new Set(store.flights));
});

test("puts nothing before its cause on a clock of whole milliseconds either, and leaves the link's times as they are", () => {
  const store = new LiveTrace(1000, ahead(4000, 1));
  for (let message = 0; message < 50; message++) {
    const sent = 1010.3 + message * 7.31;
    const { client, server } = echo(message, Math.floor(sent), 4000 + sent + 0.2, Math.floor(sent + 0.4));
    store.addFromClient(client);
    store.addFromServer(server);
  }
  expect(effectsBeforeCauses(store.document())).toEqual([]);
  const atServer = store.document().events.filter(({ at, name }) => at === 'server' && name === 'frame_received');
  for (const [i, { time }] of atServer.entries()) expect(time - (atServer[0]?.time ?? NaN)).toBeCloseTo(i * 7.31, 2);
});

test('shows nothing before its cause when the machine slept during a run', () => {
  const clock = ahead(4000, 1);
  const store = new LiveTrace(1000, clock);
  const before = echo(0, 1010, 5011, 1012);
  // The page's clock stood still for a minute.
  const after = echo(1, 1020, 65_021, 1022);
  store.addFromClient([...before.client, ...after.client]);
  store.addFromServer([...before.server, ...after.server]);
  expect(clock.isInDoubt).toBe(true);
  expect(effectsBeforeCauses(store.document())).toEqual([]);
  clock.exchanged({ sentAt: 1030, receivedAt: 65_030.5, answeredAt: 65_030.5, answerReceivedAt: 1031 });
  store.addFromClient([{ ...started(), time: 1040 }]);
  expect(effectsBeforeCauses(store.document())).toEqual([]);
  expect(ways(store)).toEqual([
    [10, 11],
    [20, 21],
    [11, 12],
    [21, 22],
  ]);
});

test('a connection that ended in order for its client is ending until it has ended for the server', () => {
  const store = new LiveTrace(0, ahead(0));
  const end = { connection: 'A1', name: 'connection_closed', reason: '', code: 1000, wasClean: true } as const;
  expect(store.isEnding).toBe(false);
  store.addFromClient([{ ...end, time: 5, at: 'client' }]);
  expect(store.isEnding).toBe(true);
  store.addFromServer([{ ...end, time: 6, at: 'server' }]);
  expect(store.isEnding).toBe(false);
  // This one broke off, so the server may not notice for a long time.
  store.addFromClient([{ ...end, connection: 'A2', code: 1006, wasClean: false, time: 7, at: 'client' }]);
  expect(store.isEnding).toBe(false);
});

test('an exchange that is over for its client is ending until the server has ended it too, if the server ever had it', () => {
  const store = new LiveTrace(0, ahead(0));
  const ended = { connection: 'A1', name: 'exchange_ended', request: 0, complete: false } as const;
  const started = { connection: 'A1', name: 'exchange_started', request: 0, method: 'GET', target: '/long-poll/x' } as const;
  store.addFromServer([{ ...started, time: 4, at: 'socket', exchange: 0 }]);
  expect(store.isEnding).toBe(false);
  store.addFromClient([{ ...ended, time: 5, at: 'client', cause: 'aborted' }]);
  expect(store.isEnding).toBe(true);
  store.addFromServer([{ ...ended, time: 6, at: 'socket', exchange: 0 }]);
  expect(store.isEnding).toBe(false);
  store.addFromClient([{ ...ended, request: 1, time: 7, at: 'client', cause: 'aborted' }]);
  expect(store.isEnding).toBe(false);
});

test('keeps what one end saw in order when its clock became known a little better in between', () => {
  const clock = ahead(4000, 0.2);
  const store = new LiveTrace(0, clock);
  const departed = (time: number, frame: number): TraceEvent => ({
    ...{ time, at: 'link', connection: 'A1', name: 'frame_departed' },
    ...{ direction: 'client-to-server', frame },
  });
  store.addFromServer([departed(5000, 0)]);
  clock.sawFromServer(4500.1, 500);
  store.addFromServer([departed(5000.02, 1)]);
  const [first, second] = store.document().events.map(({ time }) => time) as [number, number];
  expect(second - first).toBeCloseTo(0.02);
});
