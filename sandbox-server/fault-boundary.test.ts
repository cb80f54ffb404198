import { mkdtemp, writeFile } from 'node:fs/promises';
import fsPromises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { Channel } from './endpoints/channels/channels.ts';
import { LiveConnection } from './websocket/live-connection.ts';
import { FaultBoundary } from './fault-boundary.ts';
import { LiveExchange } from './http/live-exchange.ts';
import { Routes } from './routing/routes.ts';
import { Recorder } from '../protocol/trace/recorder.ts';
import { connect, refusedUpgrade, startServer, until, watch } from './testing/client.ts';
import { createFakeTimers } from './testing/fake-timers.ts';
import { ask } from './testing/raw-http.ts';

afterEach(() => {
  vi.restoreAllMocks();
  syncBuiltinESMExports();
});

const fault = new Error('a fault of ours');
const throwFault = (): never => {
  throw fault;
};

async function startTelling(options: Parameters<typeof startServer>[0] = {}) {
  const told: unknown[] = [];
  const running = await startServer(options, { epoch: 0, failed: (error) => told.push(error) });
  return Object.assign(running, { told });
}

test('a fault with a request gets 500, a sentence and the headers of every answer, is reported once and counted', async () => {
  await using running = await startTelling();
  vi.spyOn(Routes.prototype, 'find').mockImplementationOnce(throwFault);
  const { status, headers, body } = await ask(running.origin, '/healthz');
  expect([status, String(body)]).toEqual([500, 'The server met an error with this request.\n']);
  expect(headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
  expect(running.told).toEqual([fault]);
  const metrics = await ask(running.origin, '/metrics');
  expect(String(metrics.body)).toContain('\nduplex_faults_total 1\n');
});

test('a fault with an upgrade gets 500 and a sentence, even in a session', async () => {
  await using running = await startTelling();
  const session = await watch(running.origin);
  for (const target of [`${running.origin}/echo`, `${session.base}/echo`]) {
    vi.spyOn(Routes.prototype, 'find').mockImplementationOnce(throwFault);
    expect(await refusedUpgrade(target)).toEqual({ status: 500, text: 'The server met an error with this request.\n' });
  }
  expect(running.told).toEqual([fault, fault]);
  const client = await connect(`${session.base}/echo`);
  client.socket.send('still here');
  expect(await client.messages.next()).toBe('still here');
});

test.each([
  ['at its opening', (channel: typeof Channel.prototype) => vi.spyOn(channel, 'listen').mockImplementationOnce(throwFault)],
  ['with its message', (channel: typeof Channel.prototype) => vi.spyOn(channel, 'publish').mockImplementationOnce(throwFault)],
])('a fault with a connection %s closes only that one, with 1011 and a sentence', async (_, spoil) => {
  await using running = await startTelling();
  const other = await connect(`${running.origin}/broadcast/other`);
  const session = await watch(running.origin);
  for (const base of [running.origin, session.base]) {
    running.told.length = 0;
    spoil(Channel.prototype);
    const client = await connect(`${base}/broadcast/x`);
    client.socket.send('hello');
    expect(await client.closed).toEqual({ code: 1011, reason: 'The server met an error with this connection.' });
    expect(running.told).toEqual([fault]);
  }
  other.socket.send('still here');
  expect(await other.messages.next()).toBe('still here');
});

test('a fault with one of many receivers harms neither the others nor the sender', async () => {
  await using running = await startTelling();
  const session = await watch(running.origin);
  const members = await Promise.all(['.A1', '.B1', '.C1'].map((name) => connect(`${session.base}${name}/broadcast/x`)));
  const frameSent = Recorder.prototype.frameSent;
  vi.spyOn(Recorder.prototype, 'frameSent').mockImplementation(function (this: Recorder, direction, frame) {
    if (this.connection === 'B1' && direction === 'server-to-client' && frame.opcode === 1) throw fault;
    return frameSent.call(this, direction, frame);
  });
  members[0]?.socket.send('to all');
  expect(await members[0]?.messages.next()).toBe('to all');
  expect(await members[2]?.messages.next()).toBe('to all');
  expect((await members[1]?.closed)?.code).toBe(1006);
  expect(running.told).toEqual([fault]);
});

test('a fault with one of those who wait harms neither the others nor the speaker', async () => {
  await using running = await startTelling();
  const wait = () => ask(running.origin, '/long-poll/x?after=0');
  const waiting = [wait(), wait(), wait()];
  while (!/^duplex_long_polls 3$/m.test(String((await ask(running.origin, '/metrics')).body)));
  const after = Channel.prototype.after;
  vi.spyOn(Channel.prototype, 'after')
    .mockImplementationOnce(throwFault)
    .mockImplementation(function (this: Channel<string>, id) {
      return after.call(this, id) as never;
    });
  expect((await ask(running.origin, '/messages/x', { method: 'POST' })).status).toBe(201);
  expect((await Promise.all(waiting)).map(({ status }) => status).sort()).toEqual([200, 200, 500]);
  expect(running.told).toEqual([fault]);
});

test('a fault in the answer to a fault ends the connection and keeps nobody waiting', async () => {
  await using running = await startTelling();
  vi.spyOn(LiveConnection.prototype, 'failForFault').mockImplementation(throwFault);
  vi.spyOn(LiveExchange.prototype, 'answerFault').mockImplementation(throwFault);
  for (const spoiled of ['listen', 'publish'] as const) {
    vi.spyOn(Channel.prototype, spoiled).mockImplementationOnce(throwFault);
    const client = await connect(`${running.origin}/broadcast/x`);
    client.socket.send('hello');
    expect((await client.closed).code).toBe(1006);
  }
  vi.spyOn(Channel.prototype, 'after').mockImplementationOnce(throwFault);
  await expect(ask(running.origin, '/poll/x?after=0')).rejects.toThrow();
  vi.spyOn(Channel.prototype, 'publish').mockImplementationOnce(throwFault);
  await expect(ask(running.origin, '/messages/x', { method: 'POST' })).rejects.toThrow();
  const honest = await connect(`${running.origin}/echo`);
  honest.socket.send('still here');
  expect(await honest.messages.next()).toBe('still here');
});

test('a release that fails does not keep anything else from being released', async () => {
  await using running = await startTelling();
  const session = await watch(running.origin);
  const { listen } = Channel.prototype;
  vi.spyOn(Channel.prototype, 'listen').mockImplementationOnce(function (this: Channel<string>, listener, giveWay) {
    const release = listen.call(this, listener as never, giveWay);
    return () => {
      release();
      throw fault;
    };
  });
  const control = new AbortController();
  const stream = await fetch(`${session.base}/events/x`, { signal: control.signal });
  expect(stream.status).toBe(200);
  control.abort();
  await until(() => running.told.length > 0);
  expect(running.told).toEqual([fault]);
  const figure = async (name: string): Promise<string | undefined> =>
    new RegExp(`^duplex_${name} (\\d+)$`, 'm').exec(String((await ask(running.origin, '/metrics')).body))?.[1];
  while ((await figure('event_streams')) !== '0');
  expect(await figure('http_exchanges')).toBe('0');
});

test('a timer that fails is reported, and the others fire', () => {
  const told: unknown[] = [];
  const faults = new FaultBoundary((error) => told.push(error));
  const clock = createFakeTimers();
  const timers = faults.around(clock);
  const fired: number[] = [];
  timers.after(1, throwFault);
  timers.after(2, () => fired.push(2));
  clock.pass(3);
  expect([fired, told, timers.waiting]).toEqual([[2], [fault], 0]);
});

test('an answer or a log that fails ends nothing either', () => {
  const ran: string[] = [];
  const faults = new FaultBoundary((error) => {
    ran.push(String(error));
    throw new Error('the disk is full');
  });
  faults.run(throwFault, () => {
    throw new Error('no answer either');
  });
  expect(ran).toEqual(['Error: a fault of ours', 'Error: no answer either']);
});

test.each([
  ['EIO', 500, 'The server met an error with this request.\n'],
  ['EMFILE', 503, 'The server has as many connections and files open as its system allows. Try again in a moment.\n'],
  ['ENOENT', 404, /^There is no such address here\./],
])('a file of the site that cannot be opened because of %s is answered %i', async (code, status, words) => {
  const site = await mkdtemp(join(tmpdir(), 'site-'));
  await writeFile(join(site, 'page.html'), 'a page');
  await writeFile(join(site, '404.html'), 'not here');
  await using running = await startTelling({ site });
  const error = Object.assign(new Error(code), { code });
  vi.spyOn(fsPromises, 'open').mockRejectedValue(error);
  syncBuiltinESMExports();
  const answer = await ask(running.origin, '/page.html');
  expect([answer.status, String(answer.body)]).toEqual([
    status,
    typeof words === 'string' ? words : expect.stringMatching(words),
  ]);
  const absent = await ask(running.origin, '/nowhere', { accept: 'text/html' });
  expect(absent.status).toBe(code === 'ENOENT' ? 404 : status);
  vi.restoreAllMocks();
  syncBuiltinESMExports();
  expect(String((await ask(running.origin, '/page.html')).body)).toBe('a page');
  expect(running.told).toEqual(code === 'ENOENT' ? [] : [error, error]);
});

test('a file cut short while it is sent ends its connection, so that nobody takes a part for the whole', async () => {
  const site = await mkdtemp(join(tmpdir(), 'site-'));
  await writeFile(join(site, 'page.html'), 'a page');
  await using running = await startTelling({ site });
  const open = fsPromises.open;
  vi.spyOn(fsPromises, 'open').mockImplementation(async (...given) => {
    const handle = await open(...given);
    const stat = await handle.stat({ bigint: true });
    vi.spyOn(handle, 'stat').mockResolvedValue(Object.assign(stat, { size: 100n }) as never);
    return handle;
  });
  syncBuiltinESMExports();
  await expect(ask(running.origin, '/page.html')).rejects.toThrow('aborted');
  expect(running.told).toEqual([]);
});
