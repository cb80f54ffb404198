import { once } from 'node:events';
import { connect as openSocket } from 'node:net';
import { expect, test } from 'vitest';
import type { TraceEvent } from '../../protocol/trace/trace.ts';
import { connect, refusedUpgrade, startServer, until, watch, type WatchedSession } from '../testing/client.ts';
import { createDrivenClock } from '../testing/driven-clock.ts';
import { startRecordingProxy } from '../testing/recording-proxy.ts';

const bytesOf = (events: readonly TraceEvent[], direction: string): string =>
  events.map((event) => ('bytes' in event && event.direction === direction ? event.bytes : '')).join('');
const text = (hex: string): string => Buffer.from(hex, 'hex').toString('latin1');
const ofConnection = ({ events }: WatchedSession, connection: string): TraceEvent[] =>
  events.all.filter((event) => event.connection === connection);

/** Sends text on a new connection. Returns all that came back once the other end has ended or given `answers` answers. */
async function exchange(port: number, sent: string, answers = 1): Promise<string> {
  const socket = openSocket(port, '127.0.0.1');
  const closed = once(socket, 'close');
  let came = '';
  let ended = false;
  socket.on('data', (chunk: Buffer) => (came += chunk.toString('latin1')));
  socket.on('end', () => (ended = true));
  socket.write(sent);
  const isWhole = (): boolean => came.split('HTTP/1.1 ').length > answers && /\r\n\r\n[^]*[\n}]$/.test(came);
  await until(() => ended || isWhole());
  socket.destroy();
  await closed;
  return came;
}

const request = (method: string, path: string, fields = '', body = ''): string =>
  `${method} ${path} HTTP/1.1\r\nHost: x\r\n${fields}\r\n${body}`;

test('a request refused within a session shows on its tap, bytes and all, as an exchange with a status', async () => {
  await using running = await startServer({ maxMessageBytes: 10 });
  await using proxy = await startRecordingProxy(running.port);
  const session = await watch(running.origin);
  const path = new URL(session.base).pathname;
  const port = Number(new URL(proxy.origin).port);
  const refusals: [connection: string, status: number, sent: string, says: string][] = [
    ['A1', 400, request('GET', `${path}.A1/poll/x?after=soon`), '"after" is "soon"; it takes the id of a message'],
    ['A2', 400, request('POST', `${path}.A2/messages/a%20b`, 'Content-Length: 2\r\n', 'hi'), '"channel" is "a b"; it takes'],
    ['A3', 400, request('GET', `${path}.A3/poll/x?latency=x`), '"latency" is "x"; it takes a whole number from 0 to 10000.'],
    ['A4', 404, request('GET', `${path}.A4/pole/x`), 'There is no such address in a session.'],
    ['A5', 405, request('GET', `${path}.A5/messages/x`), 'This address takes POST.'],
    ['A6', 413, request('POST', `${path}.A6/messages/x`, 'Content-Length: 11\r\n', '12345678901'), 'at most 10 bytes here.'],
    [
      'A7',
      413,
      request('POST', `${path}.A7/messages/x`, 'Transfer-Encoding: chunked\r\n', 'b\r\n12345678901\r\n0\r\n\r\n'),
      'at most 10 bytes here.',
    ],
    ['A8', 426, request('GET', `${path}.A8/echo`), 'This is a WebSocket address'],
    ['c1', 400, request('GET', `${path}.no-name/poll/x`), '"connection" is "no-name"; it takes 1 to 16 letters and digits'],
  ];
  for (const [i, [connection, status, sent, says]] of refusals.entries()) {
    const answer = await exchange(port, sent);
    await session.event('exchange_ended', { connection });
    const told = ofConnection(session, connection);
    expect(answer).toContain(` ${status} `);
    expect(told.find((event) => event.name === 'response_sent')).toMatchObject({ status });
    expect(text(bytesOf(told, 'server-to-client'))).toBe(answer);
    expect(answer).toContain(says);
    expect(text(bytesOf(told, 'client-to-server'))).toBe(session.asTold(sent));
    expect(bytesOf(told, 'server-to-client')).toBe(proxy.connections[i]?.received.toString('hex'));
    expect(bytesOf(told, 'client-to-server')).toBe(session.asTold(proxy.connections[i]?.sent.toString('hex') ?? ''));
  }
});

test('the tap shows what had come of a body that is refused before it is whole', async () => {
  await using running = await startServer({ maxMessageBytes: 10 });
  const session = await watch(running.origin);
  const path = new URL(session.base).pathname;
  const head = request('POST', `${path}.A1/messages/x`, 'Content-Length: 5000\r\n');
  expect(await exchange(running.port, `${head}so far`)).toContain('413 Payload Too Large');
  await session.event('exchange_ended');
  expect(text(bytesOf(session.events.all, 'client-to-server'))).toBe(session.asTold(`${head}so far`));
});

test('the tap shows a request too many with its 429, over the link, and what follows on its connection is read', async () => {
  await using running = await startServer({ requestBurst: 2, requestsPerSecond: 1 });
  const session = await watch(running.origin, { latency: 60 });
  const path = new URL(session.base).pathname;
  const post = request('POST', `${path}.A3/messages/x`, 'Content-Length: 5\r\n', 'hello');
  const four = request('GET', `${path}.A1/poll/x`) + request('GET', `${path}.A2/poll/x`) + post;
  const answer = await exchange(running.port, four + request('GET', `${path}.A4/poll/x`), 4);
  const statuses = [...answer.matchAll(/HTTP\/1.1 (\d+)/g)].map(([, status]) => status);
  expect(statuses).toEqual(['200', '200', '429', '429']);
  await session.event('exchange_ended', { connection: 'A4' });
  expect(text(bytesOf(session.events.all, 'server-to-client'))).toBe(answer);
  const told = ofConnection(session, 'A3');
  expect(text(bytesOf(told, 'client-to-server'))).toBe(session.asTold(post));
  expect(text(bytesOf(told, 'server-to-client'))).toContain('At most 1 requests a second, or 2 at once');
  const [sent, received] = ['request_sent', 'request_received'].map((name) => told.find((event) => event.name === name)?.time);
  expect((received ?? NaN) - (sent ?? NaN)).toBeGreaterThanOrEqual(60);
  expect(await (await fetch(`${running.origin}/poll/x`)).json()).toMatchObject({ messages: [] });
});

test('a preflight of a refused address is answered, so that a page may read the refusal itself', async () => {
  await using running = await startServer();
  const session = await watch(running.origin);
  const preflight = await fetch(`${session.base}.A1/pole/x`, { method: 'OPTIONS', headers: { origin: 'null' } });
  expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([204, 'null']);
  const refused = await fetch(`${session.base}.A1/pole/x`, { headers: { accept: 'application/json' } });
  expect(refused.status).toBe(404);
  expect(((await refused.json()) as { error: string }).error).toContain('There is no such address in a session.');
});

test('an upgrade refused within a session shows on its tap: the request and the whole answer, over the link', async () => {
  // Time moves turn by turn, so that what does not wait takes none, however slow the machine is.
  using clock = createDrivenClock();
  const options = { maxSessionConnections: 1, pingAfter: 0, deadAfter: 0, sessionIdle: 0 };
  await using running = await startServer(options, { timers: clock, epoch: 0 });
  await using proxy = await startRecordingProxy(running.port);
  const session = await watch(running.origin, { latency: 20 });
  const base = session.base.replace(running.origin, proxy.origin);
  const refused = [
    ['A1', '/ticker?every=1', 400, 'Wrong parameter: "every" is "1"; it takes a whole number from 10 to 60000.'],
    ['A2', '/nowhere', 404, 'There is no such address in a session.'],
    ['A3', '/poll/x', 400, 'This is not a WebSocket address: ask it with http:// or https://.'],
    ['A4', '/echo', 503, 'This session has 1 connections already, the most it may have.'],
  ] as const;
  for (const [i, [connection, address, status, says]] of refused.entries()) {
    if (status === 503) await connect(`${session.base}.B1/echo`);
    const answer = await refusedUpgrade(`${base}.${connection}${address}`);
    expect([answer.status, answer.text.split('\n')[0]]).toEqual([status, says]);
    await session.event('handshake_received', { connection, direction: 'server-to-client' });
    const told = ofConnection(session, connection);
    expect(told.map(({ name, at }) => `${name} @${at}`)).toEqual([
      'handshake_sent @socket',
      'handshake_received @server',
      'handshake_sent @server',
      'handshake_received @socket',
    ]);
    expect(bytesOf(told, 'client-to-server')).toBe(session.asTold(proxy.connections[i]?.sent.toString('hex') ?? ''));
    expect(bytesOf(told, 'server-to-client')).toBe(proxy.connections[i]?.received.toString('hex'));
    const times = told.map(({ time }) => time);
    const way = (times[1] ?? NaN) - (times[0] ?? NaN);
    if (status === 503) expect(way).toBeLessThan(20);
    else expect(way).toBeGreaterThanOrEqual(20);
  }
  const metrics = await (await fetch(`${running.origin}/metrics`)).text();
  for (const line of ['{status="400"} 2', '{status="404"} 1', '{status="503"} 1']) {
    expect(metrics).toContain(`duplex_refusals_total${line}`);
  }
});

test('excess requests and upgrades leave no connection and no timer behind', async () => {
  await using running = await startServer({ requestBurst: 5, requestsPerSecond: 1, maxSessionConnections: 2 });
  const session = await watch(running.origin, { latency: 200 });
  const asked = Array.from({ length: 100 }, () => fetch(`${session.base}/poll/x`).then(({ status }) => status));
  expect((await Promise.all(asked)).filter((status) => status === 429).length).toBeGreaterThan(80);
  const open = await Promise.all(Array.from({ length: 2 }, () => connect(`${session.base}/echo`)));
  for (let i = 0; i < 20; i++) expect((await refusedUpgrade(`${session.base}/echo`)).status).toBe(503);
  await Promise.all(open.map((client) => client.close()));
  await until(() => running.server.stats().connections === 1);
});
