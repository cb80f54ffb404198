import { expect, test } from 'vitest';
import { connect, startServer, until, watch } from '../../testing/client.ts';
import { openEvents } from '../../testing/event-stream.ts';

const post = async (address: string, body: string): Promise<{ status: number; answer: unknown }> => {
  const response = await fetch(address, { method: 'POST', body });
  return { status: response.status, answer: await response.json() };
};
const get = async (address: string): Promise<unknown> => await (await fetch(address)).json();

test('numbers what is posted on a channel, and a poll returns what came after an id, even if that is nothing', async () => {
  await using running = await startServer();
  expect(await get(`${running.origin}/poll/news`)).toEqual({ messages: [], last: 0 });
  expect(await post(`${running.origin}/messages/news`, 'grüß dich')).toEqual({ status: 201, answer: { id: 1 } });
  expect(await post(`${running.origin}/messages/news`, '')).toEqual({ status: 201, answer: { id: 2 } });
  const messages = [
    { id: 1, data: 'grüß dich' },
    { id: 2, data: '' },
  ];
  expect(await get(`${running.origin}/poll/news`)).toEqual({ messages, last: 2 });
  expect(await get(`${running.origin}/poll/news?after=1`)).toEqual({ messages: messages.slice(1), last: 2 });
  expect(await get(`${running.origin}/poll/news?after=2`)).toEqual({ messages: [], last: 2 });
  expect(await get(`${running.origin}/poll/other`)).toEqual({ messages: [], last: 0 });
});

test('a channel keeps 256 messages: after 300, a poll gives the last 256 in order and says which are lost', async () => {
  await using running = await startServer({ requestBurst: 0 });
  for (let i = 1; i <= 300; i++) await post(`${running.origin}/messages/x`, `message ${i}`);
  const all = (await get(`${running.origin}/poll/x?after=40`)) as { messages: { id: number; data: string }[]; gap: unknown };
  expect(all.gap).toEqual({ after: 40, next: 45 });
  expect(all.messages).toEqual(Array.from({ length: 256 }, (_, i) => ({ id: i + 45, data: `message ${i + 45}` })));
  expect(await get(`${running.origin}/poll/x?after=44`)).not.toHaveProperty('gap');
  expect(await get(`${running.origin}/poll/x?after=999`)).toMatchObject({ gap: { after: 999, next: 45 } });
});

test('a long poll answers at once with what is there, waits for what is not, and gives 204 if none comes in time', async () => {
  await using running = await startServer();
  const address = `${running.origin}/long-poll/x`;
  const held = get(`${address}?after=0`);
  const lossy = get(address);
  await until(() => running.server.stats().timers === 2);
  await post(`${running.origin}/messages/x`, 'one');
  const one = { messages: [{ id: 1, data: 'one' }], last: 1 };
  expect(await held).toEqual(one);
  expect(await lossy).toEqual(one);
  expect(await get(`${address}?after=0`)).toEqual(one);
  const empty = await fetch(`${address}?timeout=100`);
  expect([empty.status, await empty.text()]).toEqual([204, '']);
  expect(running.server.stats().timers).toBe(0);
});

test('an event stream sends what is posted, with ids and a retry, and begins now unless it is told otherwise', async () => {
  await using running = await startServer();
  await post(`${running.origin}/messages/x`, 'before');
  const stream = await openEvents(`${running.origin}/events/x?retry=700`);
  expect(stream.response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  await post(`${running.origin}/messages/x`, 'two\nlines');
  expect(await stream.events.next()).toEqual({ type: 'message', data: 'two\nlines', lastEventId: '2' });
  expect(stream.text()).toBe('retry: 700\nid: 1\n\nid: 2\ndata: two\ndata: lines\n\n');
  stream.abort();
});

test('a cut event stream goes on from Last-Event-ID with no event missed or repeated; the header beats the query', async () => {
  await using running = await startServer({ requestBurst: 0 });
  const told: string[] = [];
  let lastEventId = '';
  for (let cut = 0; cut < 6; cut++) {
    const headers: Record<string, string> = lastEventId === '' ? {} : { 'Last-Event-ID': lastEventId };
    const stream = await openEvents(`${running.origin}/events/x?lastEventId=0`, headers);
    for (let i = 0; i < 4; i++) await post(`${running.origin}/messages/x`, `${cut * 4 + i}`);
    // The first stream is cut one event early, so each later one begins with an event that it has missed.
    for (let i = cut === 0 ? 1 : 0; i < 4; i++) {
      const event = await stream.events.next();
      told.push(event.data);
      lastEventId = event.lastEventId;
    }
    stream.abort();
  }
  expect(told).toEqual(Array.from({ length: 23 }, (_, i) => `${i}`));
});

test('an event stream whose client missed more than is kept begins with an event that names the gap', async () => {
  await using running = await startServer({ historyMessages: 2 });
  for (const data of ['a', 'b', 'c', 'd']) await post(`${running.origin}/messages/x`, data);
  const stream = await openEvents(`${running.origin}/events/x`, { 'Last-Event-ID': '1' });
  expect(await stream.events.next()).toEqual({ type: 'gap', data: '{"after":1,"next":3}', lastEventId: '2' });
  expect(await stream.events.next()).toEqual({ type: 'message', data: 'c', lastEventId: '3' });
  expect(await stream.events.next()).toEqual({ type: 'message', data: 'd', lastEventId: '4' });
  stream.abort();
});

test('a silent event stream says that it is still there', async () => {
  await using running = await startServer({ heartbeat: 0.02 });
  const stream = await openEvents(`${running.origin}/events/x`);
  await until(() => stream.text().endsWith(': still here\n\n: still here\n\n'));
  expect(stream.events.all).toEqual([]);
  stream.abort();
});

test('refuses what is too much or wrong with a status and a sentence, as text or as JSON', async () => {
  await using running = await startServer({ maxEventStreams: 1, maxLongPolls: 1, maxChannels: 2, maxMessageBytes: 10 });
  const { origin } = running;
  const refusal = async (path: string, init: RequestInit = {}): Promise<[number, string]> => {
    const response = await fetch(origin + path, init);
    return [response.status, (await response.text()).split('\n')[0] ?? ''];
  };
  const stream = await openEvents(`${origin}/events/x`);
  const held = fetch(`${origin}/long-poll/y`);
  await until(() => running.server.stats().timers === 2);
  expect(await refusal('/events/x')).toEqual([
    503,
    'There are 1 event streams already, the most this server keeps. Try again later.',
  ]);
  expect(await refusal('/long-poll/y')).toEqual([
    503,
    'There are 1 long polls already, the most this server holds. Try again later.',
  ]);
  expect(await refusal('/poll/z')).toEqual([
    503,
    'There are 2 channels in use already, the most this server keeps. Try again later.',
  ]);
  expect(await refusal('/poll/x?after=-1')).toEqual([
    400,
    'Wrong parameter: "after" is "-1"; it takes the id of a message: a whole number from 0.',
  ]);
  expect(await refusal('/events/x', { headers: { 'Last-Event-ID': 'x', accept: 'application/json' } })).toEqual([
    400,
    '{"error":"Wrong parameter: \\"Last-Event-ID\\" is \\"x\\"; it takes the id of a message: a whole number from 0."}',
  ]);
  expect(await refusal('/poll/a%20b')).toEqual([
    400,
    'Wrong parameter: "channel" is "a b"; it takes a name of 1 to 64 letters, digits and the signs . _ ~ -.',
  ]);
  expect(await refusal('/messages/x', { method: 'POST', body: '12345678901' })).toEqual([
    413,
    'A message may have at most 10 bytes here.',
  ]);
  expect(await refusal('/messages/x', { method: 'POST', body: Uint8Array.of(0xff) })).toEqual([
    400,
    'The body has to be text in valid UTF-8.',
  ]);
  expect(await refusal('/messages/x')).toEqual([405, 'This address takes POST.']);
  await fetch(`${origin}/messages/y`, { method: 'POST', body: 'x' });
  expect((await held).status).toBe(200);
  stream.abort();
});

test('a session that asks too often is answered 429 with a sentence, and another is served', async () => {
  await using running = await startServer({ requestBurst: 3, requestsPerSecond: 1 });
  const sessions = await Promise.all(
    [1, 2].map(
      async () => ((await (await fetch(`${running.origin}/sessions`, { method: 'POST' })).json()) as { session: string }).session,
    ),
  );
  const poll = async (session = ''): Promise<Response> => await fetch(`${running.origin}/s/${session}/poll/x`);
  for (let i = 0; i < 3; i++) expect((await poll(sessions[0])).status).toBe(200);
  const refused = await poll(sessions[0]);
  expect([refused.status, await refused.text()]).toEqual([
    429,
    'At most 1 requests a second, or 3 at once, are accepted here.\n',
  ]);
  expect((await poll(sessions[1])).status).toBe(200);
});

test('the frame of a program may send Last-Event-ID and a content type in its session, and may read answers', async () => {
  await using running = await startServer();
  const { base } = await watch(running.origin);
  const headers = { origin: 'null', 'access-control-request-headers': 'last-event-id' };
  const preflight = await fetch(`${base}/events/x`, { method: 'OPTIONS', headers });
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get('access-control-allow-origin')).toBe('null');
  expect(preflight.headers.get('access-control-allow-methods')).toBe('GET');
  expect(preflight.headers.get('access-control-allow-headers')).toBe('Content-Type, Last-Event-ID, Cache-Control');
  const posted = await fetch(`${base}/messages/x`, { method: 'POST', body: 'x', headers: { origin: 'null' } });
  expect(posted.headers.get('access-control-allow-origin')).toBe('null');
});

test('an event stream cuts off a client that never reads, while others get everything', async () => {
  await using running = await startServer({ maxQueueBytes: 100_000, requestBurst: 0 });
  const { connect: open } = await import('node:net');
  const lazy = open(running.port, '127.0.0.1');
  lazy.write('GET /events/x HTTP/1.1\r\nHost: x\r\n\r\n');
  lazy.pause();
  const gone = new Promise((resolve) => lazy.on('close', resolve));
  lazy.on('error', () => undefined);
  const reader = await openEvents(`${running.origin}/events/x`);
  await until(() => running.server.stats().timers === 2);
  const message = 'm'.repeat(60_000);
  let sent = 0;
  while (running.server.stats().timers > 1) {
    await post(`${running.origin}/messages/x`, message);
    sent++;
  }
  await until(() => reader.events.all.length === sent);
  lazy.resume();
  await gone;
  reader.abort();
});

test('closing down ends event streams and answers held long polls 503', async () => {
  const running = await startServer();
  const stream = await openEvents(`${running.origin}/events/x`);
  const held = fetch(`${running.origin}/long-poll/x`);
  const socket = await connect(`${running.origin}/echo`);
  await until(() => running.server.stats().timers >= 2);
  await running.server.close();
  await stream.ended;
  expect((await held).status).toBe(503);
  expect((await socket.closed).code).toBe(1012);
  expect(running.server.stats().timers).toBe(0);
});

test('a channel whose name begins with ~ belongs to its session: another session has its own ids and messages', async () => {
  await using running = await startServer();
  const one = await watch(running.origin);
  const other = await watch(running.origin);
  const post = async (base: string): Promise<unknown> =>
    await (await fetch(`${base}/messages/~news`, { method: 'POST', body: 'x' })).json();
  expect([await post(one.base), await post(one.base), await post(other.base)]).toEqual([{ id: 1 }, { id: 2 }, { id: 1 }]);
  expect(await (await fetch(`${other.base}/poll/~news`)).json()).toEqual({ messages: [{ id: 1, data: 'x' }], last: 1 });
});
