import { expect, test } from 'vitest';
import { resolveOptions } from '../options.ts';
import { Sessions } from '../sessions/sessions.ts';
import { type Client, connect, refusedUpgrade, startServer, watch } from '../testing/client.ts';
import { createFakeTimers } from '../testing/fake-timers.ts';
import { addressQuota } from './quota.ts';
import { createShares } from './resources.ts';

const start = async (origin: string): Promise<Response> => await fetch(`${origin}/sessions`, { method: 'POST' });

async function sessionOf(origin: string): Promise<string> {
  return `${origin}/s/${((await (await start(origin)).json()) as { session: string }).session}`;
}

/** Sends `count` messages. Returns how many the server echoes before it closes the connection, and how it closes it. */
async function echoes(
  { socket, messages, closed }: Client,
  count: number,
): Promise<{ echoed: number; code: number; reason: string }> {
  for (let i = 0; i < count; i++) socket.send('x');
  const { code, reason } = await closed;
  return { echoed: messages.all.length, code, reason };
}

test('the connections of a session share its message limit, and another session has its own', async () => {
  await using running = await startServer({ messagesPerSecond: 1, messageBurst: 6, sessionShare: 2 });
  const [mine, other] = [await sessionOf(running.origin), await sessionOf(running.origin)];
  const first = await connect(`${mine}/echo`);
  for (let i = 0; i < 6; i++) first.socket.send('x');
  for (let i = 0; i < 6; i++) await first.messages.next();
  const second = await connect(`${mine}/echo`);
  for (let i = 0; i < 4; i++) second.socket.send('x');
  for (let i = 0; i < 4; i++) await second.messages.next();
  expect(await echoes(await connect(`${mine}/echo`), 50)).toEqual({
    echoed: 2,
    code: 1008,
    reason: 'At most 2 messages a second, or 12 at once, are accepted here.',
  });
  const neighbour = await connect(`${other}/echo`);
  neighbour.socket.send('mine are left');
  expect(await neighbour.messages.next()).toBe('mine are left');
});

test('bursts from an address share its message limit, a modest connection stays, and another address has its own', async () => {
  const limits = { messagesPerSecond: 1, messageBurst: 10, addressShare: 2, addressHeader: 'x-forwarded-for' };
  await using running = await startServer(limits);
  const from = (address: string): Promise<Client> =>
    connect(`${running.origin}/echo`, { headers: { 'x-forwarded-for': address } });
  const honest = await from('192.0.2.1');
  for (let i = 0; i < 2; i++) expect((await echoes(await from('192.0.2.1'), 50)).echoed).toBe(10);
  expect(await echoes(await from('192.0.2.1'), 50)).toEqual({
    echoed: 5,
    code: 1008,
    reason: 'At most 2 messages a second, or 20 at once, are accepted here.',
  });
  expect((await echoes(await from('192.0.2.2'), 50)).echoed).toBe(10);
  // It shares the address but keeps to its own rate, so it does not pay for its neighbours.
  honest.socket.send('I am still in');
  expect(await honest.messages.next()).toBe('I am still in');
});

test('requests to a tap do not count against the programs of its session', async () => {
  await using running = await startServer({ messagesPerSecond: 1, messageBurst: 30, sessionShare: 1 });
  const session = await watch(running.origin);
  for (let i = 0; i < 25; i++) session.send({ type: 'clock', sentAt: i });
  const client = await connect(`${session.base}/echo`);
  for (let i = 0; i < 25; i++) client.socket.send('counted alone');
  for (let i = 0; i < 25; i++) expect(await client.messages.next()).toBe('counted alone');
});

test('bounds the event streams and long polls of one session, says so, and lets those of another go on', async () => {
  await using running = await startServer({ maxSessionEventStreams: 1, maxSessionLongPolls: 1 });
  const [mine, other] = [await sessionOf(running.origin), await sessionOf(running.origin)];
  const control = new AbortController();
  const { signal } = control;
  await fetch(`${mine}/events/x`, { signal });
  const held = fetch(`${mine}/long-poll/x?timeout=60000`, { signal }).catch(() => 'gone');
  while (!(await (await fetch(`${running.origin}/metrics`)).text()).includes('duplex_long_polls 1'));
  const stream = await fetch(`${mine}/events/x`);
  expect([stream.status, await stream.text()]).toEqual([
    503,
    'This session has 1 event streams already, the most it may have.\n',
  ]);
  const poll = await fetch(`${mine}/long-poll/x`);
  expect([poll.status, await poll.text()]).toEqual([503, 'This session has 1 long polls already, the most it may have.\n']);
  expect((await fetch(`${other}/events/x`, { signal })).status).toBe(200);
  control.abort();
  await held;
  const again = new AbortController();
  while ((await fetch(`${mine}/events/x`, { signal: again.signal })).status !== 200);
  again.abort();
});

test('bounds the connections, event streams and long polls of one address across all its sessions', async () => {
  const limits = { maxAddressConnections: 2, maxAddressEventStreams: 1, maxAddressLongPolls: 1 };
  await using running = await startServer(limits);
  const client = await connect(`${running.origin}/echo`);
  await connect(`${await sessionOf(running.origin)}/echo`);
  const refused = { status: 503, text: 'Your address has 2 connections already, the most it may have.\n' };
  expect(await refusedUpgrade(`${running.origin}/echo`)).toEqual(refused);
  expect(await refusedUpgrade(`${await sessionOf(running.origin)}/tap`)).toEqual(refused);
  await client.close();
  const control = new AbortController();
  await fetch(`${running.origin}/events/x`, { signal: control.signal });
  const stream = await fetch(`${await sessionOf(running.origin)}/events/x`);
  expect([stream.status, await stream.text()]).toEqual([
    503,
    'Your address has 1 event streams already, the most it may have.\n',
  ]);
  control.abort();
});

test('an address that starts sessions too fast gets 429 and is told when to come again', async () => {
  await using running = await startServer({ sessionsPerSecond: 1, sessionBurst: 3 });
  for (let i = 0; i < 3; i++) expect((await start(running.origin)).status).toBe(201);
  const refused = await start(running.origin);
  expect([refused.status, refused.headers.get('retry-after'), await refused.text()]).toEqual([
    429,
    '1',
    'At most 1 sessions a second, or 3 at once, are accepted here.\n',
  ]);
});

test('an address at its limit of sessions loses its oldest unused one, and is refused only if all are in use', () => {
  const timers = createFakeTimers();
  const options = resolveOptions({ maxAddressSessions: 2 });
  const places = createShares('sessions', { options });
  const sessions = new Sessions(options, timers, places);
  const [address, neighbour] = [addressQuota(options, 'a', 0), addressQuota(options, 'b', 0)];
  const [first, second, theirs] = [address, address, neighbour].map((owner) => sessions.start({}, owner).session);
  if (!first || !second || !theirs) throw new Error('no session');
  sessions.hold(first, () => undefined);
  const third = sessions.start({}, address).session;
  expect([first, second, third, theirs].map(({ id }) => sessions.get(id) !== undefined)).toEqual([true, false, true, true]);
  sessions.hold(third, () => undefined);
  expect(() => sessions.start({}, address)).toThrow('Your address has 2 sessions already, the most it may have.');
  sessions.close();
  expect([places.size, timers.waiting]).toEqual([0, 0]);
});

test('the defaults admit sixty people at one address, each with a tap, four connections, a stream and a long poll', async () => {
  await using running = await startServer();
  const control = new AbortController();
  const { signal } = control;
  const people = await Promise.all(
    Array.from({ length: 60 }, async (_, n) => {
      const { base } = await watch(running.origin);
      const stream = await fetch(`${base}/events/class`, { signal });
      const poll = fetch(`${base}/long-poll/person-${n}?timeout=60000`, { signal }).then(
        ({ status }) => status,
        () => 0,
      );
      const clients = await Promise.all(
        ['/echo', '/echo', '/broadcast/class', '/ticker'].map((address) => connect(base + address)),
      );
      return { stream, poll, clients };
    }),
  );
  expect(people.map(({ stream }) => stream.status)).toEqual(Array(60).fill(200));
  // Let each send at full speed for a second: the burst and the rate of one connection.
  await Promise.all(
    people.map(async ({ clients: [echo] }) => {
      if (!echo) return;
      for (let i = 0; i < 100; i++) echo.socket.send(String(i));
      await echo.messages.first((text) => text === '99');
    }),
  );
  control.abort();
  expect(await Promise.all(people.map(({ poll }) => poll))).toEqual(Array(60).fill(0));
});
