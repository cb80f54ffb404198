import { once } from 'node:events';
import { connect as openSocket } from 'node:net';
import { expect, test } from 'vitest';
import { encodeFrame, Opcode } from '../../protocol/wire/frame.ts';
import { type TraceEvent, toHex } from '../../protocol/trace/trace.ts';
import type { Direction } from '../../protocol/wire/direction.ts';
import { connect, startServer, until, watch, type WatchedSession } from '../testing/client.ts';
import { startRecordingProxy } from '../testing/recording-proxy.ts';

/** Returns all bytes that the tap reported in one direction: its half of the handshake, then every frame. */
function tappedBytes(events: readonly TraceEvent[], direction: Direction): string {
  return events.map((event) => ('bytes' in event && event.direction === direction ? event.bytes : '')).join('');
}

const bytes = (length: number): Buffer => Buffer.from(Array.from({ length }, (_, i) => (i * 31 + length) & 255));

test('the tap reports the bytes an independent recorder saw on the socket, both ways and with the handshake', async () => {
  await using running = await startServer();
  await using proxy = await startRecordingProxy(running.port);
  const session = await watch(running.origin);
  const client = await connect(`${session.base.replace(running.origin, proxy.origin)}.A1/echo`);
  const { socket } = client;
  let sent = 0;
  const send = (data: string | Buffer): void => {
    sent++;
    socket.send(data);
  };
  send('');
  send('text, grüß dich');
  for (const length of [1, 125, 126, 127, 65_535, 65_536]) send(bytes(length));
  socket.ping('are you there');
  for (const [data, fin] of [
    ['one ', false],
    ['two ', false],
    ['three', true],
  ] as const)
    socket.send(data, { fin });
  sent++;
  socket.ping();
  socket.pong('nobody asked');
  await until(() => client.messages.all.length === sent && client.pongs.all.length === 2);
  expect(client.messages.all.at(-1)).toBe('one two three');
  socket.close(4321, 'enough');
  expect(await client.closed).toEqual({ code: 4321, reason: 'enough' });
  await session.event('connection_closed', { connection: 'A1' });

  const [recorded] = proxy.connections;
  expect(tappedBytes(session.events.all, 'client-to-server')).toBe(session.asTold(recorded?.sent.toString('hex') ?? ''));
  expect(tappedBytes(session.events.all, 'server-to-client')).toBe(recorded?.received.toString('hex'));
  expect(session.events.all.some(({ name }) => name === 'events_omitted')).toBe(false);
});

test('the tap shows a handshake request byte for byte, despite odd spacing, earlier requests and single bytes', async () => {
  await using running = await startServer();
  await using proxy = await startRecordingProxy(running.port);
  const session = await watch(running.origin);
  const socket = openSocket(Number(new URL(proxy.origin).port), '127.0.0.1');
  socket.setNoDelay();
  const request =
    `GET ${new URL(session.base).pathname}.B2/echo HTTP/1.1\r\nhOsT:   x  \r\nX-Trick: GET ${new URL(session.base).pathname}.B2/echo HTTP/1.1\r\n` +
    'Connection: keep-alive, Upgrade\r\nUPGRADE: WebSocket\r\nSec-WebSocket-Version:13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n';
  const frame = encodeFrame({ opcode: Opcode.text, payload: Buffer.from('head'), maskingKey: Uint8Array.of(1, 2, 3, 4) });
  socket.write('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n');
  await once(socket, 'data');
  // Another request and the first half of the handshake in one piece, then byte by byte, and the first frame with the last byte.
  const half = request.length / 2;
  socket.write(`POST /nowhere HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nbody${request.slice(0, half)}`);
  for (const character of request.slice(half, -1)) socket.write(character);
  socket.write(Buffer.concat([Buffer.from(request.slice(-1)), frame]));
  const received = await session.event('frame_received', { direction: 'server-to-client' });
  expect(received.connection).toBe('B2');
  const { bytes: told } = await session.event('handshake_sent', { direction: 'client-to-server' });
  expect(Buffer.from(told ?? '', 'hex').toString()).toBe(session.asTold(request));
  expect(tappedBytes(session.events.all, 'client-to-server')).toBe(
    session.asTold(Buffer.from(request).toString('hex')) + toHex(frame),
  );
  expect(proxy.connections[0]?.sent.toString('latin1').endsWith(request + Buffer.from(frame).toString('latin1'))).toBe(true);
  socket.destroy();
});

test('frames cut into single bytes arrive and are shown whole', async () => {
  await using running = await startServer();
  const session = await watch(running.origin);
  const client = await connect(`${session.base}.A1/echo`);
  const raw = (client.socket as unknown as { _socket: NodeJS.WritableStream })._socket;
  const frame = encodeFrame({ opcode: Opcode.text, payload: Buffer.from('slowly'), maskingKey: Uint8Array.of(9, 8, 7, 6) });
  for (const byte of frame) raw.write(Uint8Array.of(byte));
  expect(await client.messages.next()).toBe('slowly');
  expect((await session.event('frame_sent', { direction: 'client-to-server' })).bytes).toBe(toHex(frame));
  await client.close();
});

test('the tap shows a refused handshake as it was, and a connection that no rule of HTTP ends is closed', async () => {
  await using running = await startServer();
  const session = await watch(running.origin);
  const socket = openSocket(running.port, '127.0.0.1');
  socket.write(
    `GET ${new URL(session.base).pathname}.A1/echo HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
  );
  let answer = '';
  socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
  await once(socket, 'close');
  expect(answer).toMatch(/^HTTP\/1\.1 426 Upgrade Required\r\n/);
  const told = await session.event('handshake_sent', { direction: 'server-to-client' });
  expect(Buffer.from(told.bytes ?? '', 'hex').toString()).toBe(answer);
});

test('the tap shows each frame at each place where it was seen, in order, with messages numbered per direction', async () => {
  await using running = await startServer();
  const session = await watch(running.origin);
  const client = await connect(`${session.base}.A1/echo`);
  client.socket.send('a', { fin: false });
  client.socket.send('b');
  client.socket.send(Uint8Array.of(7));
  expect(await client.messages.next()).toBe('ab');
  await client.close();
  await session.event('connection_closed');
  const told = session.events.all.map((event) => {
    const way = 'direction' in event ? (event.direction === 'client-to-server' ? ' up' : ' down') : '';
    const frame = 'frame' in event ? ` ${event.frame}` : '';
    const message = event.name === 'frame_sent' && event.message !== undefined ? ` of message ${event.message}` : '';
    return `${event.name}${way}${frame}${message} @${event.at}`;
  });
  const toldAt = (way: string, at: string): string[] =>
    told.filter((line) => line.includes(` ${way}`) && line.endsWith(`@${at}`));
  const frames = (name: string, way: string, at: string, details: string[]): string[] =>
    details.map((detail, frame) => `${name} ${way} ${frame}${detail} @${at}`);
  const fromClient = [' of message 0', ' of message 0', ' of message 1', ''];
  expect(toldAt('up', 'socket')).toEqual(['handshake_sent up @socket', ...frames('frame_sent', 'up', 'socket', fromClient)]);
  expect(toldAt('up', 'link')).toEqual(frames('frame_departed', 'up', 'link', ['', '', '', '']));
  expect(toldAt('up', 'server')).toEqual([
    'handshake_received up @server',
    ...frames('frame_received', 'up', 'server', ['', '', '', '']),
  ]);
  const fromServer = [' of message 0', ' of message 1', ''];
  expect(toldAt('down', 'server')).toEqual([
    'handshake_sent down @server',
    ...frames('frame_sent', 'down', 'server', fromServer),
  ]);
  expect(toldAt('down', 'link')).toEqual(frames('frame_departed', 'down', 'link', ['', '', '']));
  expect(toldAt('down', 'socket')).toEqual([
    'handshake_received down @socket',
    ...frames('frame_received', 'down', 'socket', ['', '', '']),
  ]);
  expect(told.filter((line) => line.startsWith('connection'))).toEqual([
    'connection_opened @server',
    'connection_closed @server',
  ]);
  for (const place of ['socket', 'link', 'server']) {
    const times = session.events.all.filter(({ at }) => at === place).map(({ time }) => time);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  }
});

test('the tap answers the clock at once, accepts other conditions, and refuses anything else with a sentence', async () => {
  await using running = await startServer();
  const session = await watch(running.origin, { latency: 7 });
  expect(session.messages.all[0]).toMatchObject({ type: 'ready', conditions: { latency: 7, duplex: 'full' } });
  session.send({ type: 'clock', sentAt: 12.5 });
  const clock = await session.messages.first(({ type }) => type === 'clock');
  expect(clock).toEqual({ type: 'clock', sentAt: 12.5, receivedAt: expect.any(Number), answeredAt: expect.any(Number) });
  const { receivedAt, answeredAt } = clock as { receivedAt: number; answeredAt: number };
  expect(answeredAt).toBeGreaterThanOrEqual(receivedAt);
  session.send({ type: 'conditions', conditions: { bandwidth: 1000 } });
  expect(await session.messages.first(({ type }) => type === 'conditions')).toMatchObject({
    conditions: { latency: 7, bandwidth: 1000 },
  });
  const refusals = async (data: string | Buffer): Promise<string> => {
    const before = session.messages.all.length;
    session.tap.socket.send(data);
    await until(() => session.messages.all.length > before);
    return (session.messages.all[before] as { message: string }).message;
  };
  expect(await refusals('{"type":"conditions","conditions":{"latency":-1}}')).toMatch(
    /^The tap cannot take this message: "conditions\.latency": /,
  );
  expect(await refusals('nonsense')).toBe('The tap takes JSON; this message is not.');
  expect(await refusals(Buffer.of(1))).toBe('The tap takes text messages with JSON; this one is binary.');
  expect(await refusals('{"type":"sing"}')).toMatch(/^The tap cannot take this message: /);
});

test('the tap shows connections of a session under their names, and names one that has none', async () => {
  await using running = await startServer();
  const session: WatchedSession = await watch(running.origin);
  const named = await connect(`${session.base}.B12/echo`);
  const unnamed = await connect(`${session.base}/echo`);
  await session.event('connection_opened', { connection: 'B12' });
  await session.event('connection_opened', { connection: 'c1' });
  await Promise.all([named.close(), unnamed.close()]);
});
