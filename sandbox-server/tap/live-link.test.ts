import { once } from 'node:events';
import { connect as connectTcp, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { connect, startServer, until, watch } from '../testing/client.ts';
import { createFakeTimers } from '../testing/fake-timers.ts';
import { handshakeRequest } from '../conformance/raw-client.ts';
import { linkTime } from './closing-patience.ts';
import { newSession } from '../testing/new-session.ts';

test('each half of the handshake and each frame takes the latency, each way', async () => {
  await using running = await startServer();
  const session = await watch(running.origin);
  const client = await connect(`${session.base}.A1/echo?latency=40`);
  client.socket.send('there and back');
  await client.messages.next();
  await client.close();
  await session.event('connection_closed');
  for (const direction of ['client-to-server', 'server-to-client'] as const) {
    for (const kind of ['handshake', 'frame'] as const) {
      const sent = await session.event(`${kind}_sent`, { direction });
      const received = await session.event(`${kind}_received`, { direction });
      expect(received.time - sent.time).toBeGreaterThanOrEqual(40);
    }
    expect(await session.event('frame_departed', { direction })).toMatchObject({ takes: 40 });
  }
});

test('latency also holds without a session', async () => {
  await using running = await startServer();
  const before = performance.now();
  const client = await connect(`${running.origin}/echo?latency=30`);
  expect(performance.now() - before).toBeGreaterThanOrEqual(60);
  client.socket.send('x');
  await client.messages.next();
  expect(performance.now() - before).toBeGreaterThanOrEqual(120);
  await client.close();
});

test('a simplex link drops what the client sends, says why, and carries the server and the closing handshake', async () => {
  await using running = await startServer();
  const session = await watch(running.origin, { duplex: 'simplex' });
  const client = await connect(`${session.base}.A1/ticker?every=10&count=2`);
  client.socket.send('hello?');
  client.socket.ping();
  expect(await client.messages.next()).toBe('tick 1');
  expect(await client.messages.next()).toBe('tick 2');
  for (const frame of [0, 1]) {
    expect(await session.event('frame_dropped', { frame })).toMatchObject({
      at: 'link',
      connection: 'A1',
      direction: 'client-to-server',
      reason: 'This link is simplex: it carries server-to-client alone.',
    });
  }
  client.socket.close(1000, 'bye');
  expect(await client.closed).toEqual({ code: 1000, reason: 'bye' });
  expect(client.pongs.all).toEqual([]);
  await session.event('connection_closed', { code: 1000 });
});

test('on a half-duplex link no frame departs while one of the other direction is on it', async () => {
  await using running = await startServer();
  const session = await watch(running.origin, { duplex: 'half', latency: 15 });
  const client = await connect(`${session.base}.A1/echo`);
  for (const text of ['one', 'two', 'three']) {
    client.socket.send(text);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  for (const text of ['one', 'two', 'three']) expect(await client.messages.next()).toBe(text);
  await client.close();
  await session.event('connection_closed');
  const flights: Record<string, { from: number; to: number; up: boolean }> = {};
  for (const event of session.events.all) {
    if (event.name !== 'frame_departed' && event.name !== 'frame_received') continue;
    const up = event.direction === 'client-to-server';
    const flight = (flights[`${event.direction} ${event.frame}`] ??= { from: 0, to: 0, up });
    flight[event.name === 'frame_departed' ? 'from' : 'to'] = event.time;
  }
  const all = Object.values(flights);
  expect(all).toHaveLength(8);
  for (const a of all) {
    for (const b of all) {
      if (a.up !== b.up) expect(a.from >= b.to || b.from >= a.to).toBe(true);
    }
  }
});

test('new conditions on the tap hold for live connections, but do not override their own query', async () => {
  await using running = await startServer();
  const session = await watch(running.origin);
  const follows = await connect(`${session.base}.A1/echo`);
  const own = await connect(`${session.base}.B1/echo?latency=0`);
  session.send({ type: 'conditions', conditions: { latency: 35, seed: 3 } });
  await session.messages.first(({ type }) => type === 'conditions');
  follows.socket.send('x');
  own.socket.send('x');
  await Promise.all([follows.messages.next(), own.messages.next()]);
  const up = { connection: 'A1', direction: 'client-to-server' };
  const [sent, received] = [await session.event('frame_sent', up), await session.event('frame_received', up)];
  expect(received.time - sent.time).toBeGreaterThanOrEqual(35);
  expect(await session.event('frame_departed', { connection: 'A1' })).toMatchObject({ takes: 35 });
  expect(await session.event('frame_departed', { connection: 'B1' })).not.toHaveProperty('takes');
  await Promise.all([follows.close(), own.close()]);
});

test('the server gets the frames of a vanished client before it learns so, and those for it show as dropped', async () => {
  await using running = await startServer();
  const session = await watch(running.origin, { latency: 20 });
  const listener = await connect(`${session.base}.B1/broadcast/x`);
  const client = await connect(`${session.base}.A1/broadcast/x`);
  client.socket.send('last words');
  await session.event('frame_sent', { connection: 'A1' });
  (client.socket as unknown as { _socket: Socket })._socket.resetAndDestroy();
  expect(await listener.messages.next()).toBe('last words');
  expect(await session.event('connection_closed', { connection: 'A1' })).toMatchObject({ code: 1006, wasClean: false });
  const dropped = await session.event('frame_dropped', { connection: 'A1' });
  expect(dropped.reason).toBe('The client was gone when the frame arrived.');
});

test('the client of a link that is cut loses its connection without a word, and the trace says that it was cut', async () => {
  await using running = await startServer();
  const session = await watch(running.origin);
  const client = await connect(`${session.base}.A1/ticker?every=10&cut=60`);
  expect(await client.closed).toEqual({ code: 1006, reason: '' });
  await session.event('link_cut', { connection: 'A1' });
  expect(client.messages.all.length).toBeGreaterThan(0);
});

test('a connection on a link that goes silent still says that it is open, but nothing comes any more', async () => {
  await using running = await startServer();
  const session = await watch(running.origin);
  const client = await connect(`${session.base}.A1/echo?silent=60`);
  await session.event('link_silenced', { connection: 'A1' });
  client.socket.send('is anybody there');
  const dropped = await session.event('frame_dropped', { connection: 'A1' });
  expect(dropped.reason).toBe('The link had gone silent: neither end was told.');
  expect(client.socket.readyState).toBe(client.socket.OPEN);
  expect(client.messages.all).toEqual([]);
  client.socket.terminate();
});

test('the client of a link that goes silent and is cut later is told at the cut, and the trace has both', async () => {
  await using running = await startServer();
  const session = await watch(running.origin);
  const client = await connect(`${session.base}.A1/ticker?every=10&silent=40&cut=120`);
  expect(await client.closed).toEqual({ code: 1006, reason: '' });
  const silenced = await session.event('link_silenced', { connection: 'A1' });
  const cut = await session.event('link_cut', { connection: 'A1' });
  expect(cut.time - silenced.time).toBeGreaterThanOrEqual(79);
});

test.each([
  ['a refusal', '/nowhere?bandwidth=100'],
  ['messages', '/ticker?every=10&bandwidth=100'],
])('a client that leaves while a slow link still carries %s to it is soon forgotten', async (_, target) => {
  const timers = createFakeTimers();
  await using running = await startServer({ pingAfter: 0, closeTimeout: 5 }, { timers, epoch: 0 });
  const session = await newSession(running.origin);
  const client = connectTcp(running.port, '127.0.0.1').resume();
  client.write(handshakeRequest(`/s/${session}.A1${target}`));
  await until(() => running.server.stats().connections === 1);
  // The request takes some 15 s on such a link, and the answer longer than that.
  timers.pass(30_000);
  const ended = once(client, 'close');
  client.destroy();
  await ended;
  let passed = 0;
  await until(() => {
    timers.pass(1000);
    passed += 1000;
    return running.server.stats().connections === 0 || passed > 600_000;
  });
  // The first seconds pass before the server has noticed that the client has gone.
  expect(passed).toBeLessThan(linkTime * 3);
});

test('loss is only a stall: every message comes, in order, and the trace says what was sent again', async () => {
  await using running = await startServer();
  const session = await watch(running.origin);
  const client = await connect(`${session.base}.A1/echo?loss=50&seed=7`);
  const texts = ['one', 'two', 'three', 'four'];
  for (const text of texts) client.socket.send(text);
  for (const text of texts) expect(await client.messages.next()).toBe(text);
  expect(session.events.all.some((event) => event.name === 'frame_departed' && (event.resent ?? 0) > 0)).toBe(true);
  client.socket.terminate();
}, 30_000);

test('an event stream on a link that is cut ends without a word', async () => {
  await using running = await startServer();
  const stream = await fetch(`${running.origin.replace(/^ws/, 'http')}/events/x?cut=60`);
  await expect(stream.text()).rejects.toThrow('terminated');
});
