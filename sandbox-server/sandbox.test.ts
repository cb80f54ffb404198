import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect as openSocket } from 'node:net';
import { expect, test } from 'vitest';
import { createSandbox } from './sandbox.ts';
import { connect, watch } from './testing/client.ts';

test('a sandbox mounted into another server takes only its own addresses, and captures the bytes of handshakes', async () => {
  const sandbox = createSandbox();
  const server = createServer((request, response) => {
    if (!sandbox.request(request, response)) response.end('the other server');
  });
  sandbox.attach(server);
  // Stands for the reload channel of a development server.
  server.on('upgrade', (request, socket) => {
    if (request.url === '/reload') socket.end('reloading');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;

  expect(await (await fetch(`${origin}/anything`)).text()).toBe('the other server');
  expect((await fetch(`${origin}/healthz`)).status).toBe(200);
  const session = await watch(origin);
  const client = await connect(`${session.base}.A1/echo`);
  client.socket.send('hello');
  expect(await client.messages.next()).toBe('hello');
  const { bytes } = await session.event('handshake_sent', { direction: 'client-to-server' });
  expect(Buffer.from(bytes ?? '', 'hex').toString()).toMatch(/^GET \/s\/\*{22}\.A1\/echo HTTP\/1\.1\r\n/);

  const other = openSocket(port, '127.0.0.1');
  other.write('GET /reload HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
  const [answer] = (await once(other, 'data')) as [Buffer];
  expect(answer.toString()).toBe('reloading');
  other.destroy();

  const closed = sandbox.close();
  expect((await client.closed).code).toBe(1012);
  await closed;
  expect((await fetch(`${origin}/readyz`)).status).toBe(503);
  expect(sandbox.stats()).toEqual({ connections: 0, sessions: 0, rooms: 0, timers: 0 });
  server.close();
  server.closeAllConnections();
});

test('the frame with origin null can read answers in its session, but only its own page can start a session', async () => {
  const sandbox = createSandbox();
  const server = createServer((request, response) => void sandbox.request(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const started = await fetch(`${origin}/sessions`, { method: 'POST', headers: { origin } });
  expect([started.status, started.headers.get('access-control-allow-origin')]).toEqual([201, origin]);
  const preflight = await fetch(`${origin}/sessions`, { method: 'OPTIONS', headers: { origin } });
  expect([preflight.status, preflight.headers.get('access-control-allow-methods')]).toEqual([204, 'POST']);
  const { session } = (await started.json()) as { session: string };
  const answer = await fetch(`${origin}/s/${session}/poll/x`, { headers: { origin: 'null' } });
  expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([200, 'null']);
  expect((await fetch(`${origin}/sessions`, { method: 'POST', headers: { origin: 'null' } })).status).toBe(403);
  await sandbox.close();
  server.close();
  server.closeAllConnections();
});
