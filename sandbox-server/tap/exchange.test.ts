import { once } from 'node:events';
import { connect as openSocket, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import type { ExchangeEvent, ResponseEvent, TraceEvent } from '../../protocol/trace/trace.ts';
import { startServer, until, watch, type WatchedSession } from '../testing/client.ts';
import { createDrivenClock } from '../testing/driven-clock.ts';
import { openEvents } from '../testing/event-stream.ts';
import { startRecordingProxy } from '../testing/recording-proxy.ts';

/** Returns all bytes of exchanges that the tap reported in one direction, in the order in which it saw them. */
function tappedBytes(events: readonly TraceEvent[], direction: string): string {
  return events.map((event) => ('bytes' in event && event.direction === direction ? event.bytes : '')).join('');
}

const named = (session: WatchedSession, name: string): (ExchangeEvent & { exchange: number })[] =>
  session.events.all.filter((event) => event.name === name) as (ExchangeEvent & { exchange: number })[];

/** Opens a raw connection; `text` is all that came on it. */
function rawClient(port: number): { socket: Socket; text: () => string } {
  const socket = openSocket(port, '127.0.0.1');
  socket.setNoDelay();
  let text = '';
  socket.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')));
  return { socket, text: () => text };
}

test('the tap reports the bytes an independent recorder saw, over keep-alive, pipelining and chunked bodies', async () => {
  await using running = await startServer();
  await using proxy = await startRecordingProxy(running.port);
  const session = await watch(running.origin);
  const path = new URL(session.base).pathname;
  const { socket, text } = rawClient(Number(new URL(proxy.origin).port));
  const answers = (count: number): Promise<void> => until(() => text().split('HTTP/1.1 ').length - 1 === count);
  const get = (address: string): string => `GET ${path}${address} HTTP/1.1\r\nhOst:  x \r\n\r\n`;
  socket.write(get('.A1/poll/x'));
  await answers(1);
  // Two in one piece, the second just like the first, and a body byte by byte that looks like another request.
  socket.write(get('.A2/poll/x') + get('.A2/poll/x'));
  await answers(3);
  const body = get('.A1/poll/x');
  for (const character of `POST ${path}.A3/messages/x HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\n\r\n${body}`) {
    socket.write(character);
  }
  await answers(4);
  socket.write(
    `POST ${path}.A4/messages/x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n4;a=b\r\nwiki\r\n5\r\npedia\r\n0\r\nX-T: y\r\n\r\n${get('.A5/poll/x?after=1')}`,
  );
  await answers(6);
  expect(text()).toContain('{"messages":[{"id":2,"data":"wikipedia"}],"last":2}');
  socket.write(`OPTIONS ${path}.A6/poll/x HTTP/1.1\r\nHost: x\r\n\r\n${get('.A7/long-poll/x?after=2&timeout=100')}`);
  await answers(8);
  socket.write(get('.A8/events/x?lastEventId=1'));
  await until(() => text().includes('data: wikipedia'));
  await fetch(`${running.origin}/messages/x`, { method: 'POST', body: 'grüß\ndich' });
  await until(() => text().includes('data: dich'));
  socket.end();
  await once(socket, 'close');
  await session.event('exchange_ended', { connection: 'A8' });

  const [recorded] = proxy.connections;
  // The body is the program's own, so the tap shows it as it was.
  const [before = '', behind = ''] = (recorded?.sent.toString('latin1') ?? '').split(/(?<=Content-Length: \d+\r\n\r\n)/);
  const told = session.asTold(before) + body + session.asTold(behind.slice(body.length));
  expect(tappedBytes(session.events.all, 'client-to-server')).toBe(Buffer.from(told, 'latin1').toString('hex'));
  expect(tappedBytes(session.events.all, 'server-to-client')).toBe(recorded?.received.toString('hex'));
  expect(named(session, 'exchange_started').map(({ exchange, connection }) => [exchange, connection])).toEqual(
    ['A1', 'A2', 'A2', 'A3', 'A4', 'A5', 'A6', 'A7', 'A8'].map((connection, i) => [i, connection]),
  );
});

test('the tap reports a poll at each place where it was seen, and its ways take the time of the link', async () => {
  await using running = await startServer();
  const session = await watch(running.origin, { latency: 40 });
  await fetch(`${session.base}.A1/poll/x`);
  await session.event('exchange_ended');
  const told = session.events.all as ExchangeEvent[];
  const lines = told.map((event) => `${event.name}${'part' in event ? ` ${event.part}` : ''} @${event.at}`);
  expect(lines).toEqual([
    'exchange_started @socket',
    'request_sent @socket',
    'request_departed @link',
    'request_received @server',
    'response_sent 0 @server',
    'response_departed 0 @link',
    'response_received 0 @socket',
    'exchange_ended @socket',
  ]);
  const at = (name: string): number => told.find((event) => event.name === name)?.time ?? NaN;
  expect(at('request_received') - at('request_sent')).toBeGreaterThanOrEqual(40);
  expect(at('response_received') - at('response_sent')).toBeGreaterThanOrEqual(40);
  expect(told[0]).toMatchObject({ method: 'GET', connection: 'A1', exchange: 0 });
  expect(await session.event('response_sent')).toMatchObject({ status: 200, final: true, length: 24 });
  expect(await session.event('exchange_ended')).toMatchObject({ complete: true });
});

test('conditions in the query hold without a session, and a change in a session reaches open streams', async () => {
  await using running = await startServer();
  const asked = performance.now();
  await fetch(`${running.origin}/poll/x?latency=60`);
  expect(performance.now() - asked).toBeGreaterThanOrEqual(119);

  const session = await watch(running.origin);
  const stream = await openEvents(`${session.base}.A1/events/x`);
  session.send({ type: 'conditions', conditions: { latency: 50 } });
  await session.messages.first(({ type }) => type === 'conditions');
  await fetch(`${running.origin}/messages/x`, { method: 'POST', body: 'later' });
  await stream.events.next();
  const sent = await session.event('response_sent', { part: 2 });
  const received = await session.event('response_received', { part: 2 });
  expect(received.time - sent.time).toBeGreaterThanOrEqual(50);
  stream.abort();
  expect(await session.event('exchange_ended')).toMatchObject({
    complete: false,
    reason: 'The client went away before it had the whole answer.',
  });
});

test('a link that becomes simplex still carries what the server sends; a message to it is refused and dropped', async () => {
  await using running = await startServer();
  const session = await watch(running.origin);
  const stream = await openEvents(`${session.base}.A1/events/x`);
  session.send({ type: 'conditions', conditions: { duplex: 'simplex' } });
  await session.messages.first(({ type }) => type === 'conditions');
  const refused = await fetch(`${session.base}.A2/messages/x`, { method: 'POST', body: 'can you hear me' });
  const sentence = 'This link is simplex: it carries server-to-client alone, and an HTTP exchange needs both directions.';
  expect([refused.status, await refused.text()]).toEqual([403, `${sentence}\n`]);
  expect(await session.event('request_dropped')).toMatchObject({ connection: 'A2', reason: sentence });
  await fetch(`${running.origin}/messages/x`, { method: 'POST', body: 'from elsewhere' });
  expect((await stream.events.next()).data).toBe('from elsewhere');
  stream.abort();
});

test('a link that is cut ends a stream in the middle, and one that goes silent leaves the client waiting', async () => {
  using clock = createDrivenClock();
  // Tens of thousands of turns of the event loop, so that nothing ends by itself.
  const long = 60_000;
  const noLimits = { pingAfter: 0, sessionIdle: 0, heartbeat: 0 };
  await using running = await startServer(noLimits, { timers: clock, epoch: 0 });
  const session = await watch(running.origin);
  const post = async (body: string): Promise<unknown> => await fetch(`${running.origin}/messages/x`, { method: 'POST', body });
  const stream = await openEvents(`${session.base}.A1/events/x?cut=${long}`);
  await post('before');
  expect((await stream.events.next()).data).toBe('before');
  clock.pass(long);
  await stream.ended;
  expect(await session.event('exchange_ended', { connection: 'A1' })).toMatchObject({
    complete: false,
    reason: 'The link was cut.',
  });
  await session.event('link_cut', { connection: 'A1' });

  const silent = await openEvents(`${session.base}.A2/events/x?silent=${long}`);
  clock.pass(long);
  await session.event('link_silenced', { connection: 'A2' });
  await post('into nothing');
  expect(await session.event('response_dropped', { connection: 'A2' })).toMatchObject({
    part: 2,
    reason: 'The link had gone silent: neither end was told.',
  });
  expect(silent.events.all).toEqual([]);
  silent.abort();
  await session.event('exchange_ended', { connection: 'A2' });
});

test('the tap shows a refused request with a number like any exchange, over the link, and others without one', async () => {
  await using running = await startServer({ requestsPerSecond: 1, requestBurst: 7 });
  const session = await watch(running.origin, { latency: 20 });
  const asked = async (path: string): Promise<string> => {
    const response = await fetch(`${session.base}.${path}`);
    return `${response.status} ${(await response.text()).split('\n', 1)[0] ?? ''}`;
  };
  expect(await asked('A1.0/poll/x?after=-1')).toBe(
    '400 Wrong parameter: "after" is "-1"; it takes the id of a message: a whole number from 0.',
  );
  expect(await asked('A1.1/nowhere')).toBe('404 There is no such address in a session.');
  expect(await asked('A1.2/echo')).toMatch(/^426 This is a WebSocket address/);
  expect(await asked('A2/nowhere')).toMatch(/^404/);
  // Refusals count as requests too.
  for (let i = 3; i < 6; i++) expect(await asked(`A1.${i}/poll/x`)).toMatch(/^200/);
  expect(await asked('A1.6/poll/x')).toMatch(/^429 At most 1 requests a second/);
  await session.event('exchange_ended', { request: 6 });
  const answers = named(session, 'response_sent') as (ResponseEvent & { request: number })[];
  expect(answers.find(({ connection }) => connection === 'A2')).toMatchObject({ status: 404 });
  const numbered = answers.filter(({ connection }) => connection === 'A1');
  expect(numbered.map(({ connection, request, status }) => [connection, request, status])).toEqual(
    [400, 404, 426, 200, 200, 200, 429].map((status, i) => ['A1', i, status]),
  );
  const at = async (name: 'request_sent' | 'response_received'): Promise<number> =>
    (await session.event(name, { request: 6 })).time;
  expect((await at('response_received')) - (await at('request_sent'))).toBeGreaterThanOrEqual(40);
});

test('an invalid name is refused with what it may be', async () => {
  await using running = await startServer();
  const session = await watch(running.origin);
  for (const name of ['A-1', 'A1.x', 'A1.1.1', '.1']) {
    const response = await fetch(`${session.base}.${name}/poll/x`);
    expect([response.status, await response.text()]).toEqual([
      400,
      `Wrong parameter: "connection" is "${name}"; it takes 1 to 16 letters and digits, over HTTP followed by "." and the number of the request.\n`,
    ]);
  }
});
