import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { connect as connectTcp, type Socket } from 'node:net';
import { expect, test, vi } from 'vitest';
import { lengthOf } from '../../scripts/test/thorough.ts';
import { until, watch } from '../testing/client.ts';
import { handshakeRequest, RawClient } from '../conformance/raw-client.ts';
import { amongHonest } from './base-line.ts';

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 2));

/** Sends a request on one of the agent's kept connections. Resolves to the status. */
const ask = (agent: Agent, origin: string, path: string, method = 'GET'): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const asked = request(origin, { agent, path, method }, (answer) => {
      answer.resume().on('end', () => resolve(answer.statusCode));
    });
    asked.on('error', reject).end();
  });

/** Calls `act` for each number below `count`, `atOnce` at a time. */
async function each(count: number, atOnce: number, act: (i: number) => Promise<void>): Promise<void> {
  const numbers = Array.from({ length: count }, (_, i) => i).values();
  const work = async (): Promise<void> => {
    for (const i of numbers) await act(i);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}

test('the server answers 300 unfinished handshakes with 408, and serves other handshakes meanwhile', () =>
  amongHonest(8, { handshakeTimeout: 2 }, async ({ port }) => {
    const answers: Promise<string>[] = Array.from({ length: 300 }, () => {
      const socket = connectTcp(port, '127.0.0.1');
      socket.write('GET /echo HTTP/1.1\r\nHost: x\r\nUpgrade: web');
      let answer = '';
      socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
      return new Promise((resolve) => {
        socket.on('error', () => undefined).on('close', () => resolve(answer.slice(0, 12)));
      });
    });
    expect(new Set(await Promise.all(answers))).toEqual(new Set(['HTTP/1.1 408']));
  }));

test('500 long polls and 100 event streams given up by their clients leave nothing behind', () =>
  amongHonest(8, {}, async ({ origin, port, figure }) => {
    const held = async (): Promise<number> => (await figure('long_polls')) + (await figure('event_streams'));
    const requestOf = (i: number): string => `GET /${i % 6 === 5 ? 'events' : 'long-poll'}/x${i % 7} HTTP/1.1\r\nHost: x\r\n\r\n`;
    const open = (): Socket[] => Array.from({ length: 600 }, () => connectTcp(port, '127.0.0.1').on('error', () => undefined));
    const sockets = open();
    for (const [i, socket] of sockets.entries()) socket.write(requestOf(i));
    while ((await held()) < 600) await turn();
    for (const socket of sockets) socket.destroy();
    while ((await held()) > 0) await turn();
    // Send all requests at once, and hang up before the last of them has had its turn.
    const hasty = open();
    await Promise.all(hasty.map((socket) => once(socket, 'connect')));
    for (const [i, socket] of hasty.entries()) socket.write(requestOf(i), () => setImmediate(() => socket.destroy()));
    await Promise.all(hasty.map((socket) => once(socket, 'close')));
    expect((await fetch(`${origin}/messages/x1`, { method: 'POST', body: 'still served' })).status).toBe(201);
  }));

const guesses = lengthOf({ sample: 10_000, whole: 100_000 });

test(`${guesses} guesses at sessions find none by HTTP or by upgrade, and too many at a time are answered with 429`, () =>
  amongHonest(8, {}, async (running) => {
    const { base, tap } = await watch(running.origin);
    const id = base.split('/').at(-1) ?? '';
    const guess = (i: number): string => {
      const letters = [...id];
      letters[i % letters.length] = letters[i % letters.length] === 'A' ? 'B' : 'A';
      return i < 22 ? letters.join('') : Buffer.from(`guess number ${i}`.padStart(16)).toString('base64url').slice(0, 22);
    };
    const agent = new Agent({ keepAlive: true, maxSockets: 300 });
    const statuses = new Set<number | undefined>();
    await each(0.95 * guesses, 300, async (i) => {
      statuses.add(await ask(agent, running.origin, `/s/${guess(i)}/tap`));
    });
    await each(0.05 * guesses, 300, async (i) => {
      const client = await RawClient.open(running.port);
      await client.send([Buffer.from(handshakeRequest(`/s/${guess(i)}/tap`))], 'whole');
      await client.until(() => client.head !== undefined, 20_000);
      statuses.add(client.status);
      client.destroy();
    });
    agent.destroy();
    expect(statuses).toEqual(new Set([404, 429]));
    await tap.close();
  }));

test('the server refuses control bytes, long names and broken escapes in an address, and repeats them in no header', () =>
  amongHonest(8, {}, async (running) => {
    const names = [
      '%00',
      '%0d%0aSet-Cookie:%20a=b',
      '%1b%5b2J',
      '%e2%80%ae',
      '%ff',
      '%',
      '%zz',
      '..%2f..',
      'x'.repeat(65),
      '%20',
      '<b>',
    ];
    for (const name of names) {
      for (const target of [`/broadcast/${name}`, `/echo?latency=${name}`, `/s/${name}/echo`, `/s/a.${name}/tap`]) {
        const client = await RawClient.open(running.port);
        await client.send([Buffer.from(handshakeRequest(target))], 'whole');
        await client.until(() => client.head !== undefined, 5000);
        expect([400, 404], target).toContain(client.status);
        expect(client.field('set-cookie')).toBeUndefined();
        client.destroy();
      }
    }
  }));

const hostile = [
  '',
  'null',
  '[]',
  '{}',
  '"clock"',
  '{"type":"clock"}',
  '{"type":"clock","sentAt":1e999}',
  '{"type":"clock","sentAt":{"valueOf":1}}',
  '{"__proto__":{"type":"clock"}}',
  '{"type":"conditions","conditions":{"latency":-1}}',
  '{"type":"conditions","conditions":{"latency":1e308,"bandwidth":0}}',
  '{"type":"conditions","conditions":{"__proto__":{"latency":1}}}',
  '{"type":"conditions","conditions":{"duplex":"constructor"}}',
  '{"type":"constructor"}',
  `${'['.repeat(2000)}${']'.repeat(2000)}`,
  '{"type":"clock","sentAt":1,"toString":null}',
  '\u0000\u001b[2J',
  '\ud83d',
];

const hostileMessages = lengthOf({ sample: 10_000, whole: 100_000 });

test(`${hostileMessages} hostile JSON messages to a tap change nothing, and each is answered with an error`, () =>
  amongHonest(8, { messagesPerSecond: 0 }, async ({ origin }) => {
    const failed = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const session = await watch(origin);
    const answers = session.messages.all;
    for (let sent = 0; sent < hostileMessages;) {
      for (let i = 0; i < 200; i++, sent++) session.tap.socket.send(hostile[sent % hostile.length] as string);
      await until(() => answers.length > sent);
    }
    expect(answers.slice(1).every(({ type }) => type === 'error')).toBe(true);
    session.send({ type: 'clock', sentAt: 1 });
    await session.messages.first(({ type }) => type === 'clock');
    expect(failed).not.toHaveBeenCalled();
    failed.mockRestore();
    await session.tap.close();
  }));

const visitors = lengthOf({ sample: 2000, whole: 20_000 });

test(`${visitors} connections that come and go in every way leave no connection, timer, room or session behind`, () =>
  amongHonest(8, {}, async ({ origin, port }) => {
    const { base, tap } = await watch(origin);
    const { pathname } = new URL(base);
    const targets = [
      '/echo',
      '/broadcast/a',
      '/ticker?every=10',
      '/echo?latency=1',
      `${pathname}/echo`,
      `${pathname}/broadcast/b`,
    ];
    await each(visitors, 20, async (i) => {
      const client = await RawClient.open(port);
      await client.send([Buffer.from(handshakeRequest(targets[i % targets.length] as string))], 'whole');
      if (i % 3 > 0) await client.until(() => client.head !== undefined, 5000);
      if (i % 3 > 1) await client.send([Buffer.from('888001020304', 'hex')], 'whole');
      if (i % 3 > 1) await client.until(() => client.ended, 5000);
      client.destroy();
    });
    await tap.close();
  }));
