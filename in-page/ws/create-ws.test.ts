import { expect, test } from 'vitest';
import { effectsBeforeCauses } from '../../protocol/trace/effects-before-causes.ts';
import { emptyTrace } from '../../protocol/trace/trace.ts';
import type { LinkConditions } from '../../protocol/wire/link-conditions.ts';
import type { Surroundings } from '../program/program.ts';
import { runPrograms } from '../testing/run-for-tests.ts';
import { createWs } from './create-ws.ts';
import type { WebSocketBase } from './websocket.ts';

/** Bytes that count up: enough for keys and masks of a test. */
const counting = () => {
  let next = 0;
  return (length: number): Uint8Array => Uint8Array.from({ length }, () => next++ & 0xff);
};

const ws = ({ network, clock, activity }: Surroundings) =>
  createWs({ network, clock, random: counting(), hold: (work) => activity.hold(work) });

/** Echoes, and pings every ten seconds. */
function server(surroundings: Surroundings): void {
  const wss = new (ws(surroundings).WebSocketServer)({ port: 8080 });
  wss.on('connection', (socket: WebSocketBase) => socket.on('message', (data) => socket.send(String(data))));
  surroundings.clock.set(() => wss.clients?.forEach((client) => client.ping()), 10_000, true);
}

/** Sends one message, and closes some time after the echo. */
function client(surroundings: Surroundings): void {
  const socket = new (ws(surroundings))('ws://localhost:8080/chat');
  socket.on('open', () => socket.send('hello'));
  socket.on('message', () => surroundings.clock.set(() => socket.close(1000, 'bye'), 15_000, false));
}

const run = (conditions: Partial<LinkConditions>) => runPrograms({ server, A: client }, conditions);
const atClient = (events: Awaited<ReturnType<typeof run>>['events']) => events.filter(({ at }) => at === 'client');

test('a client’s program is seen in the trace as one with a browser’s WebSocket is, and no effect comes before its cause', async () => {
  const { events, errors } = await run({ latency: 100 });
  expect(errors).toEqual([]);
  expect(atClient(events).map(({ connection: _, at: __, ...event }) => event)).toEqual([
    { time: 0, name: 'connection_started', url: 'ws://localhost:8080/chat' },
    { time: 200, name: 'connection_opened' },
    { time: 200, name: 'message_sent', message: 0, kind: 'text', length: 5 },
    { time: 400, name: 'message_received', message: 0, kind: 'text', length: 5 },
    { time: 15_400, name: 'close_called', code: 1000, reason: 'bye' },
    { time: 15_600, name: 'connection_closed', code: 1000, reason: 'bye', wasClean: true },
  ]);
  expect(effectsBeforeCauses({ ...emptyTrace(), connections: [{ id: 'A1', client: 'A', url: '' }], events })).toEqual([]);
});

test('the same run gives the same trace to the last byte, keys and masks included', async () => {
  const once = async (): Promise<string> => JSON.stringify((await run({ latency: 30, jitter: 50, loss: 10 })).events);
  expect(await once()).toBe(await once());
});

test('a cut link closes both ends with 1006, and a silent one only after the closing handshake has had its time', async () => {
  const closed = async (conditions: Partial<LinkConditions>) =>
    atClient((await run(conditions)).events).find(({ name }) => name === 'connection_closed');
  expect(await closed({ latency: 10, cut: 5000 })).toMatchObject({ time: 5000, code: 1006, wasClean: false });
  expect(await closed({ latency: 10, silent: 5000 })).toMatchObject({ time: 45_040, code: 1006, wasClean: false });
});

test('what is not there says so by its name', async () => {
  const { errors } = await runPrograms({ A: (surroundings) => void ws(surroundings).createWebSocketStream() });
  expect(String(errors[0])).toMatch(/createWebSocketStream is not there in the page/);
});

test('hosts that lead nowhere, and TLS, are errors with Node’s codes', async () => {
  const seen: unknown[] = [];
  const { errors } = await runPrograms({
    server,
    A: (surroundings) => {
      for (const url of ['ws://example.com:8080/', 'wss://localhost:8080/', 'ws://localhost:9/']) {
        const socket = new (ws(surroundings))(url);
        socket.on('error', (error: Error & { code?: string }) => seen.push(error.code));
        socket.on('close', (code) => seen.push(code));
      }
    },
  });
  expect(errors).toEqual([]);
  expect(seen.sort()).toEqual([1006, 1006, 1006, 'ECONNREFUSED', 'ENOTFOUND', 'EPROTO']);
});
