import { once } from 'node:events';
import { connect as openSocket } from 'node:net';
import { expect, test } from 'vitest';
import { connect, startServer, until, watch } from './testing/client.ts';

test('closing down closes every connection with 1012 and a reason, even taps and slow links, and refuses new ones', async () => {
  const running = await startServer({ drain: 2 });
  const session = await watch(running.origin);
  const clients = await Promise.all([
    connect(`${running.origin}/echo`),
    connect(`${session.base}.A1/echo`),
    connect(`${session.base}.B1/echo?latency=50`),
  ]);
  const closed = running.server.close();
  const restart = { code: 1012, reason: 'The server is restarting; come back in a few seconds.' };
  for (const client of [...clients, session.tap]) expect(await client.closed).toEqual(restart);
  await closed;
  expect(running.server.stats()).toEqual({ connections: 0, sessions: 0, rooms: 0, timers: 0 });
  await expect(connect(`${running.origin}/echo`)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

test('a client that does not answer the Close frame does not hold up closing down', async () => {
  const running = await startServer({ drain: 0.2 });
  const silent = openSocket(running.port, '127.0.0.1');
  silent.write(
    'GET /echo HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
  );
  await once(silent, 'data');
  await running.server.close();
  expect(running.server.stats().connections).toBe(0);
  silent.destroy();
});

test('unused connections, which browsers open ahead, do not hold up closing down', async () => {
  const running = await startServer({ drain: 0 });
  const ahead = openSocket(running.port, '127.0.0.1');
  await once(ahead, 'connect');
  await fetch(`${running.origin}/healthz`);
  await running.server.close();
  ahead.destroy();
});

test('when all have left, no connection, room or timer is left behind', async () => {
  await using running = await startServer();
  const session = await watch(running.origin, { latency: 5, jitter: 5 });
  const clients = await Promise.all(
    Array.from({ length: 30 }, (_, i) => {
      const base = i % 2 ? session.base : running.origin;
      return connect(base + (['/echo', '/broadcast/x', '/ticker?every=10'][i % 3] as string));
    }),
  );
  for (const [i, client] of clients.entries()) {
    if (i % 4 === 0) client.socket.terminate();
    else if (i % 4 === 1) client.socket.send('x'.repeat(1000), () => client.socket.terminate());
    else client.socket.close();
  }
  await Promise.all(clients.map(({ closed }) => closed));
  session.tap.socket.close();
  // One timer is left: that of the session, which waits for somebody to come back.
  await until(() => running.server.stats().connections === 0);
  expect(running.server.stats()).toEqual({ connections: 0, sessions: 1, rooms: 0, timers: 1 });
});
