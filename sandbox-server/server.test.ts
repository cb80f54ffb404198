import { mkdtemp, mkdir, writeFile } from 'node:fs/promises';
import type { ClientRequest } from 'node:http';
import { Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { createSandboxServer } from './server.ts';
import { connect, refusedUpgrade, startServer, watch } from './testing/client.ts';

test('/echo sends text and bytes back as they were', async () => {
  await using running = await startServer();
  const client = await connect(`${running.origin}/echo`);
  client.socket.send('grüß dich');
  client.socket.send(Uint8Array.of(0, 255, 128));
  client.socket.send('');
  expect(await client.messages.next()).toBe('grüß dich');
  expect(await client.messages.next()).toBe('00ff80');
  expect(await client.messages.next()).toBe('');
  expect(await client.close()).toEqual({ code: 1000, reason: '' });
});

test('two clients in one room hear each other and themselves; one with self=0 does not hear itself', async () => {
  await using running = await startServer();
  const a = await connect(`${running.origin}/broadcast/x`);
  const b = await connect(`${running.origin}/broadcast/x?self=0`);
  const other = await connect(`${running.origin}/broadcast/y`);
  a.socket.send('from a');
  expect(await a.messages.next()).toBe('from a');
  expect(await b.messages.next()).toBe('from a');
  b.socket.send('from b');
  expect(await a.messages.next()).toBe('from b');
  a.socket.send('again from a');
  expect(await b.messages.next()).toBe('again from a');
  other.socket.send('alone');
  expect(await other.messages.next()).toBe('alone');
  expect(other.messages.all).toEqual(['alone']);
});

test('/ticker speaks by itself, ignores input, stops after count and then closes', async () => {
  await using running = await startServer();
  const client = await connect(`${running.origin}/ticker?every=10&count=3&close=1`);
  client.socket.send('stop');
  expect((await client.closed).code).toBe(1000);
  expect(client.messages.all).toEqual(['tick 1', 'tick 2', 'tick 3']);
});

test('/handshake tells a client the key of its own handshake', async () => {
  await using running = await startServer();
  let key: unknown;
  const finishRequest = (request: ClientRequest): void => {
    key = request.getHeader('sec-websocket-key');
    request.end();
  };
  const client = await connect(`${running.origin}/handshake`, { finishRequest });
  expect(await client.messages.next()).toBe(key);
});

test('a wrong parameter is a 400 that names it and what it may be, for an upgrade and for a plain request', async () => {
  await using running = await startServer();
  const wrong = {
    '/echo?latency=10001': '"latency" is "10001"; it takes a whole number from 0 to 10000.',
    '/echo?jitter=x': '"jitter" is "x"; it takes a whole number from 0 to 10000.',
    '/echo?bandwidth=99':
      '"bandwidth" is "99"; it takes a whole number of bits per second from 100 to 1000000000, or 0 for no limit.',
    '/echo?duplex=both': '"duplex" is "both"; it takes "full" or "half" or "simplex".',
    '/echo?seed=1.5': '"seed" is "1.5"; it takes a whole number from -2147483648 to 2147483647.',
    '/ticker?every=5': '"every" is "5"; it takes a whole number from 10 to 60000.',
    '/broadcast/a%0Ab': '"room" is "a\nb"; it takes a name of 1 to 64 letters, digits and the signs . _ ~ -.',
    '/broadcast/%E0%A4': '"room" is "%E0%A4"; it takes a name of 1 to 64 letters, digits and the signs . _ ~ -.',
  };
  for (const [path, sentence] of Object.entries(wrong)) {
    const refused = await refusedUpgrade(running.origin + path);
    expect(refused).toEqual({ status: 400, text: `Wrong parameter: ${sentence}\n` });
    const answer = await fetch(running.origin + path, { headers: { accept: 'application/json' } });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({ error: `Wrong parameter: ${sentence}` });
  }
});

test('an unknown path is a 404 that lists the addresses, for an upgrade and for a plain request', async () => {
  await using running = await startServer();
  const refused = await refusedUpgrade(`${running.origin}/ecco`);
  expect(refused.status).toBe(404);
  const answer = await fetch(`${running.origin}/ecco`);
  expect(answer.status).toBe(404);
  expect(await answer.text()).toBe(refused.text);
  for (const address of ['/echo', '/broadcast/:room', '/ticker', '/s/:session/tap', '/sessions', '/healthz', '/readyz']) {
    expect(refused.text).toContain(`  ${address}`);
  }
});

test('a WebSocket address asked with http says so with 426, and a wrong method is a 405 that names the right one', async () => {
  await using running = await startServer();
  const plain = await fetch(`${running.origin}/echo`);
  expect([plain.status, await plain.text()]).toEqual([426, 'This is a WebSocket address: connect with ws:// or wss://.\n']);
  const wrongMethod = await fetch(`${running.origin}/sessions`);
  expect([wrongMethod.status, wrongMethod.headers.get('allow')]).toEqual([405, 'POST']);
});

test('more connections than the server takes are answered 503 with a sentence', async () => {
  await using running = await startServer({ maxConnections: 1 });
  const client = await connect(`${running.origin}/echo`);
  expect(await refusedUpgrade(`${running.origin}/echo`)).toEqual({
    status: 503,
    text: 'There are 1 connections already, the most this server takes.\n',
  });
  await client.close();
});

test('one room more than the server keeps closes its connection with 1013 and a sentence', async () => {
  await using running = await startServer({ maxRooms: 1 });
  await connect(`${running.origin}/broadcast/x`);
  const { closed } = await connect(`${running.origin}/broadcast/y`);
  expect(await closed).toEqual({
    code: 1013,
    reason: 'There are 1 rooms already, the most this server keeps. Try again later.',
  });
});

test('serves the current built site on the same origin, with its policies and its own page for unknown addresses', async () => {
  const site = await mkdtemp(join(tmpdir(), 'site-'));
  await mkdir(join(site, '_astro'));
  await mkdir(join(site, 'playground'));
  await writeFile(join(site, 'playground', 'index.html'), 'a page');
  await writeFile(join(site, '_astro', 'a.js'), 'code');
  await writeFile(join(site, '_astro', 'a.js.br'), 'pressed');
  await writeFile(join(site, '404.html'), 'not here');
  await using running = await startServer({ site });

  const page = await fetch(`${running.origin}/playground/`);
  expect(await page.text()).toBe('a page');
  expect(page.headers.get('content-security-policy')).toBe(
    "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none', frame-ancestors 'self'",
  );
  expect(page.headers.get('x-content-type-options')).toBe('nosniff');
  expect(page.headers.get('cache-control')).toBe('no-cache');

  const hashed = await fetch(`${running.origin}/_astro/a.js`, { headers: { 'accept-encoding': 'identity' } });
  expect(await hashed.text()).toBe('code');
  expect(hashed.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  const pressed = await fetch(`${running.origin}/_astro/a.js`, { method: 'HEAD', headers: { 'accept-encoding': 'br' } });
  expect(pressed.headers.get('content-encoding')).toBe('br');

  await writeFile(join(site, 'playground', 'index.html'), 'a page, built anew');
  expect(await (await fetch(`${running.origin}/playground/`)).text()).toBe('a page, built anew');

  const lost = await fetch(`${running.origin}/nowhere`, { headers: { accept: 'text/html' } });
  expect([lost.status, await lost.text()]).toEqual([404, 'not here']);
  const program = await fetch(`${running.origin}/nowhere`);
  expect(program.status).toBe(404);
  expect(await program.text()).toContain('The addresses of this sandbox:');
});

test('a port in use rejects the start with EADDRINUSE', async () => {
  await using running = await startServer();
  const second = createSandboxServer({ port: running.port, host: '127.0.0.1', site: 'no-such-folder' });
  await expect(second.listen()).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

test('an upgrade to anything but websocket is answered 426', async () => {
  await using running = await startServer();
  const answer = await new Promise<string>((resolve) => {
    void import('node:net').then(({ connect: open }) => {
      const socket = open(running.port, '127.0.0.1', () => {
        socket.end('GET /echo HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n');
      });
      let text = '';
      socket.on('data', (chunk) => (text += String(chunk)));
      socket.on('close', () => resolve(text));
    });
  });
  expect(answer).toMatch(/^HTTP\/1\.1 426 Upgrade Required\r\n/);
});

test('/sink answers each message with the bytes so far, and the tap shows the start and whole length of its frames', async () => {
  await using running = await startServer();
  const session = await watch(running.origin);
  const client = await connect(`${session.base}.A1/sink`);
  client.socket.send(new Uint8Array(60_000));
  client.socket.send('naïve');
  expect(await client.messages.next()).toBe('60000');
  expect(await client.messages.next()).toBe('60006');
  const frame = await session.event('frame_sent', { direction: 'client-to-server' });
  expect(frame.length).toBe(60_000);
  expect(frame.bytes).toHaveLength(32);
  await client.close();
});

test('a fault once the server listens is told to whoever started it, who would wait for ever', async () => {
  const fault = new Error('a fault of ours');
  vi.spyOn(Server.prototype, 'address').mockImplementationOnce(() => {
    throw fault;
  });
  const server = createSandboxServer({ port: 0, host: '127.0.0.1', site: 'no-such-folder' });
  await expect(server.listen()).rejects.toBe(fault);
  vi.restoreAllMocks();
  await server.close();
});
