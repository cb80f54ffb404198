import { expect, test } from 'vitest';
import { idealLink } from '../../protocol/wire/link-conditions.ts';
import { resolveOptions } from '../options.ts';
import { Sessions } from './sessions.ts';
import { connect, refusedUpgrade, startServer, watch } from '../testing/client.ts';
import { createFakeTimers } from '../testing/fake-timers.ts';
import { sharesWith } from '../testing/shares.ts';

test('POST /sessions starts a session with an unguessable name, a tap, an end, and conditions from the query', async () => {
  await using running = await startServer();
  const start = async (query = ''): Promise<Response> => fetch(`${running.origin}/sessions${query}`, { method: 'POST' });
  const answer = await start();
  expect(answer.status).toBe(201);
  const { session, tap, expires } = (await answer.json()) as Record<string, unknown>;
  expect(session).toMatch(/^[\w-]{22}$/);
  expect(tap).toBe(`/s/${String(session)}/tap`);
  expect(expires).toBeGreaterThan(Date.now() + 290_000);
  expect(expires).toBeLessThan(Date.now() + 310_000);
  const wrong = await start('?latency=fast');
  expect([wrong.status, await wrong.text()]).toEqual([
    400,
    'Wrong parameter: "latency" is "fast"; it takes a whole number from 0 to 10000.\n',
  ]);
});

test('traffic, tap and request of an unknown session are answered 404 with what to do', async () => {
  await using running = await startServer();
  const text = 'There is no such session: it has ended or never existed. POST /sessions starts one.\n';
  for (const path of ['/s/nobody/echo', '/s/nobody.A1/echo', '/s/nobody/tap', '/s/', '/s']) {
    expect(await refusedUpgrade(running.origin + path)).toEqual({ status: 404, text });
    const answer = await fetch(running.origin + path);
    expect([answer.status, await answer.text()]).toEqual([404, text]);
  }
});

test('an unknown address and a wrong connection name in a session are refused with a sentence', async () => {
  await using running = await startServer();
  const { base } = await watch(running.origin);
  const unknown = await refusedUpgrade(`${base}/ecco`);
  expect(unknown.status).toBe(404);
  expect(unknown.text).toMatch(/^There is no such address in a session\.\n\nThe addresses of this sandbox:/);
  for (const name of ['A-1', 'A'.repeat(17), '', 'A1.B1']) {
    expect(await refusedUpgrade(`${base}.${name}/echo`)).toEqual({
      status: 400,
      text: `Wrong parameter: "connection" is "${name}"; it takes 1 to 16 letters and digits, over HTTP followed by "." and the number of the request.\n`,
    });
  }
});

test('everybody shares a room: two sessions and a connection without one hear each other', async () => {
  await using running = await startServer();
  const [one, other] = [await watch(running.origin), await watch(running.origin)];
  const a = await connect(`${one.base}/broadcast/x`);
  const b = await connect(`${other.base}/broadcast/x`);
  const plain = await connect(`${running.origin}/broadcast/x`);
  a.socket.send('to all');
  expect([await a.messages.next(), await b.messages.next(), await plain.messages.next()]).toEqual(['to all', 'to all', 'to all']);
});

test('sessions, taps and connections beyond their bounds are refused 503 with a sentence', async () => {
  await using running = await startServer({ maxSessions: 1, maxSessionTaps: 1, maxSessionConnections: 1 });
  const { base } = await watch(running.origin);
  const second = await fetch(`${running.origin}/sessions`, { method: 'POST' });
  expect([second.status, await second.text()]).toEqual([
    503,
    'There are 1 sessions already, the most this server keeps. Try again in a few minutes.\n',
  ]);
  expect((await refusedUpgrade(`${base}/tap`)).text).toBe('This session has 1 taps already, the most it may have.\n');
  await connect(`${base}/echo`);
  expect((await refusedUpgrade(`${base}/echo`)).text).toBe('This session has 1 connections already, the most it may have.\n');
});

test('a session ends once nothing has been connected to it for its idle time, and not while something is', () => {
  const timers = createFakeTimers();
  const sessions = new Sessions(resolveOptions({ sessionIdle: 1 }), timers, sharesWith('sessions', { maxSessions: 10 }));
  const { session, expires } = sessions.start({ latency: 5 });
  expect(expires).toBe(1000);
  expect(session.conditions).toEqual({ ...idealLink, latency: 5 });
  timers.pass(900);
  const [first, second] = [1, 2].map(() => sessions.hold(session, () => undefined)) as [() => void, () => void];
  timers.pass(5000);
  first();
  timers.pass(5000);
  expect(sessions.get(session.id)).toBe(session);
  second();
  timers.pass(999);
  expect(sessions.get(session.id)).toBe(session);
  timers.pass(1);
  expect(sessions.get(session.id)).toBeUndefined();
  expect([sessions.size, timers.waiting]).toEqual([0, 0]);
});
