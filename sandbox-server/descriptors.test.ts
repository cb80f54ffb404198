import { once } from 'node:events';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { connect as connectTcp, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { descriptorLimit, Descriptors } from './descriptors.ts';
import type { FromDoor } from './endpoints/door.ts';
import { connect, startServer } from './testing/client.ts';
import { ask } from './testing/raw-http.ts';
import { type ServerProcess, startProcess } from './testing/server-process.ts';

const words = 'The server has as many connections and files open as its system allows. Try again in a moment.';

test('a descriptor is given back only once, and connections leave some for files', () => {
  const descriptors = new Descriptors(124, 20);
  expect(descriptors.mostConnections).toBe(70);
  while (descriptors.openConnection());
  const files = Array.from({ length: 12 }, () => descriptors.take());
  expect(files.map((release) => release !== undefined)).toEqual([...Array<boolean>(10).fill(true), false, false]);
  files[0]?.();
  files[0]?.();
  const [one, another] = [descriptors.take(), descriptors.take()];
  expect([one, another].map((release) => release !== undefined)).toEqual([true, false]);
  descriptors.closeConnection();
  expect([descriptors.take(2), descriptors.openConnection(), descriptors.openConnection()]).toEqual([undefined, true, false]);
});

test('refuses a crowd or a door with a sentence while it has no descriptors for it, and not afterwards', async () => {
  const descriptors = new Descriptors(0, 0);
  await using running = await startServer({}, { epoch: 0, descriptors });
  const holding = Array.from({ length: 6 }, () => descriptors.take());
  const door = await connect(`${running.origin}/door`);
  expect(await door.closed).toEqual({ code: 1013, reason: words });
  const crowd = await connect(`${running.origin}/crowd`);
  crowd.socket.send('[[0],[0]]');
  expect(await crowd.closed).toEqual({ code: 1013, reason: words });
  for (const release of holding) release?.();
  const later = await connect(`${running.origin}/door`);
  expect((JSON.parse(await later.messages.next()) as FromDoor).type).toBe('open');
  await later.close();
});

test('refuses a file with a sentence if it has no descriptor for it, even the page for unknown addresses', async () => {
  const site = await mkdtemp(join(tmpdir(), 'site-'));
  await writeFile(join(site, 'page.html'), 'a page');
  await writeFile(join(site, '404.html'), 'not here');
  const descriptors = new Descriptors(0, 0);
  const told: unknown[] = [];
  await using running = await startServer({ site }, { epoch: 0, descriptors, failed: (error) => told.push(error) });
  const holding = Array.from({ length: 7 }, () => descriptors.take());
  for (const path of ['/page.html', '/nowhere']) {
    const { status, body } = await ask(running.origin, path, { accept: 'text/html' });
    expect([status, String(body)]).toEqual([503, `${words}\n`]);
  }
  expect(told).toHaveLength(2);
  for (const release of holding) release?.();
  expect((await ask(running.origin, '/page.html')).status).toBe(200);
  expect((await ask(running.origin, '/page.html')).status).toBe(200);
});

/** Opens `count` connections on which nothing is asked. */
async function hold({ port }: ServerProcess, count: number): Promise<Socket[]> {
  const sockets = Array.from({ length: count }, () => connectTcp(port, '127.0.0.1').on('error', () => undefined));
  await Promise.all(sockets.map((socket) => once(socket, 'connect')));
  return sockets;
}

const statusOf = (server: ServerProcess, path: string): Promise<string> =>
  ask(server.origin, path, { accept: 'text/html' }).then(
    ({ status, body }) => `${status} ${status === 503 ? String(body).trim() : ''}`,
    ({ code }: NodeJS.ErrnoException) => code ?? '',
  );

describe.skipIf(descriptorLimit() === Infinity)('under ulimit -n 256', () => {
  test('the server says at its start how many connections there may be', async () => {
    await using server = await startProcess(['--site', 'no-such-folder'], { descriptors: 256 });
    const most = /^ {2}at most (\d+) connections at a time: 256 files and sockets may be open \(ulimit -n\)$/m.exec(
      server.output(),
    )?.[1];
    expect(Number(most)).toBeGreaterThan(150);
    expect(Number(most)).toBeLessThan(256);
  });

  test('a full server refuses pages, 404s, upgrades, doors and crowds with a sentence, and later serves again', async () => {
    const site = await mkdtemp(join(tmpdir(), 'site-'));
    await writeFile(join(site, 'page.html'), 'a page');
    await writeFile(join(site, '404.html'), 'not here');
    await using server = await startProcess(['--site', site, '--handshake-timeout', '60'], { descriptors: 256 });
    const most = Number(/at most (\d+)/.exec(server.output())?.[1]);
    const sockets = await hold(server, most);
    for (const path of ['/page.html', '/nowhere', '/healthz']) expect(await statusOf(server, path)).toBe(`503 ${words}`);
    for (const path of ['/echo', '/door', '/crowd', '/nowhere']) {
      await expect(connect(`${server.origin}${path}`)).rejects.toThrow('Unexpected server response: 503');
    }
    // Far beyond the limit, connections end without a word. One that got its sentence makes room for the next to get one.
    const tooMany = await hold(server, 100);
    await Promise.all(Array.from({ length: 50 }, () => statusOf(server, '/nowhere')));
    for (const socket of [...sockets, ...tooMany]) socket.destroy();
    while ((await statusOf(server, '/page.html')) !== '200 ');
    expect(await statusOf(server, '/nowhere')).toBe('404 ');
    const door = await connect(`${server.origin}/door`);
    expect((JSON.parse(await door.messages.next()) as FromDoor).type).toBe('open');
    await door.close();
    const crowd = await connect(`${server.origin}/crowd`);
    crowd.socket.send(JSON.stringify(Array.from({ length: 10 }, () => [1100, 1000])));
    expect(await crowd.messages.first((text) => text.includes('attempts'))).toContain('"connected":10');
    await crowd.close();
    expect(server.isAlive()).toBe(true);
    const told = server
      .output()
      .split('\n')
      .filter((line) => line.includes('No descriptor left'));
    expect(told.length).toBeGreaterThan(0);
    const times = told.map((line) => Date.parse(line.slice(0, 24)));
    for (const [i, time] of times.slice(1).entries()) expect(time - (times[i] as number)).toBeGreaterThanOrEqual(999);
    await server.atRest();
  });

  test('idle connections give way to others', async () => {
    await using server = await startProcess(['--site', 'no-such-folder'], { descriptors: 256 });
    const most = Number(/at most (\d+)/.exec(server.output())?.[1]);
    const idle = await hold(server, most);
    for (const socket of idle) socket.write('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n');
    await Promise.all(idle.map((socket) => once(socket, 'data')));
    expect(await statusOf(server, '/healthz')).toBe('200 ');
    for (const socket of idle) socket.destroy();
  });

  test.each(['/page.html', '/nowhere', '/crowd'])(
    'when the system runs out before the server does, %s is refused with a sentence, and the server goes on',
    async (path) => {
      const site = await mkdtemp(join(tmpdir(), 'site-'));
      await writeFile(join(site, 'page.html'), 'a page');
      await writeFile(join(site, '404.html'), 'not here');
      // The server does not know of what else is open in its process.
      const hoarding =
        'import { openSync } from "node:fs"; process.on("SIGUSR2", () => { try { for (;;) openSync("/dev/null"); } catch {} })';
      await using server = await startProcess(['--site', site], {
        descriptors: 256,
        nodeOptions: `--import=data:text/javascript,${encodeURIComponent(hoarding)}`,
      });
      const kept = await connect(`${server.origin}/echo`);
      const crowd = await connect(`${server.origin}/crowd`);
      const [reader] = (await hold(server, 1)) as [Socket];
      reader.write('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n');
      await once(reader, 'data');
      while (server.descriptors().length < 256) {
        server.signal('SIGUSR2');
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      // The system cuts connections that it can give no descriptor to.
      for (const target of ['/page.html', '/nowhere', '/door']) expect(await statusOf(server, target)).toBe('ECONNRESET');
      if (path === '/crowd') {
        crowd.socket.send('[[0],[0]]');
        expect(await crowd.closed).toEqual({ code: 1013, reason: words });
      } else {
        reader.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nAccept: text/html\r\n\r\n`);
        const [answer] = (await once(reader, 'data')) as [Buffer];
        expect(String(answer)).toMatch(/^HTTP\/1\.1 503 /);
        expect(String(answer)).toContain(words);
      }
      kept.socket.send('still here');
      expect(await kept.messages.next()).toBe('still here');
      expect(server.isAlive()).toBe(true);
    },
  );
});
