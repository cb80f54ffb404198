/** Puts a fault of ours into every method of every class of the server, a few methods at a time. */
import { readdirSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { SessionAnswer } from '../../protocol/messages/tap-messages.ts';
import { connect, startServer, until } from '../testing/client.ts';
import { ask } from '../testing/raw-http.ts';

const server = fileURLToPath(new URL('..', import.meta.url));
const protocol = ['frame', 'link', 'handshake', 'utf8'].map((name) => join(server, '..', 'protocol', 'wire', `${name}.ts`));
const isOfServer = (file: string): boolean => /^(?!(?:abuse|testing|conformance)\/|main\.ts)[^]*(?<!\.test|\.d)\.ts$/.test(file);

interface Class {
  readonly name: string;
  readonly prototype: Record<string, unknown>;
}
const isClass = (value: unknown): boolean => typeof value === 'function' && /^class\b/.test(String(value));

/** Returns every class that is exported by a file of the server, or by one that it shares with the page. */
async function classes(): Promise<Class[]> {
  const files = readdirSync(server, { recursive: true, encoding: 'utf8' }).filter(isOfServer);
  const modules = await Promise.all([...protocol, ...files.map((file) => join(server, file))].map((file) => import(file)));
  const exported = modules.flatMap((module) => Object.values(module as object));
  return [...new Set(exported.filter(isClass))] as Class[];
}

/** Yields every method of the classes, except the boundary's own and those that Node's streams call within the boundary. */
function* methods(all: readonly Class[]): Generator<{ owner: Class; method: string }> {
  for (const owner of all) {
    for (const method of Object.getOwnPropertyNames(owner.prototype)) {
      const { value } = Object.getOwnPropertyDescriptor(owner.prototype, method) ?? {};
      const isOurs = owner.name !== 'FaultBoundary' && method !== 'constructor' && !method.startsWith('_');
      if (isOurs && typeof value === 'function') yield { owner, method };
    }
  }
}

/** Makes the method throw at its `nth` call from now on. `end` restores it, and returns true if it was called that often. */
function spoil({ owner, method }: { owner: Class; method: string }, nth: number): { name: string; end: () => boolean } {
  const name = `${owner.name}.${method}`;
  const original = owner.prototype[method] as (...given: unknown[]) => unknown;
  let calls = 0;
  owner.prototype[method] = function (this: unknown, ...given: unknown[]) {
    if (++calls === nth) throw new Error(`a fault in ${name}`);
    return original.apply(this, given);
  };
  const end = (): boolean => {
    owner.prototype[method] = original;
    return calls >= nth;
  };
  return { name, end };
}

/** The calls at which each method throws; `FAULTS=1,2,3,5,8 npx vitest run …` tries more. */
const calls = (process.env['FAULTS'] ?? '1').split(',').map(Number);
/** How many methods are spoiled at a time. */
const together = 5;

/** Resolves at the event. Unlike Node's `once`, it does not reject if an error comes first. */
const event = (socket: WebSocket, name: string): Promise<void> =>
  new Promise((resolve) => {
    socket.once(name, () => resolve());
  });

/** Opens a connection, says the words, waits for one message or the end, and leaves. */
async function visit(address: string, ...words: string[]): Promise<void> {
  const socket = new WebSocket(address.replace(/^http/, 'ws'), { perMessageDeflate: false });
  socket.on('error', () => undefined);
  const closed = event(socket, 'close');
  socket.once('open', () => words.forEach((word) => socket.send(word)));
  socket.once('message', () => socket.close());
  await closed;
}

async function stream(address: string): Promise<void> {
  const control = new AbortController();
  const { body } = await fetch(address, { signal: control.signal });
  await body?.getReader().read();
  control.abort();
}

/** Starts a session and opens its tap. Returns undefined if there is no session because of a fault. */
async function session(origin: string): Promise<{ base: string; tap: WebSocket } | undefined> {
  const answer = await ask(origin, '/sessions?latency=1', { method: 'POST' }).catch(() => undefined);
  if (answer?.status !== 201) return undefined;
  const { session, tap } = JSON.parse(String(answer.body)) as SessionAnswer;
  const socket = new WebSocket(`${origin.replace('http', 'ws')}${tap}`);
  socket.on('error', () => undefined);
  await Promise.race(['message', 'close'].map((name) => event(socket, name)));
  return { base: `${origin}/s/${session}`, tap: socket };
}

/** Uses a bit of everything that the server does, all at once. Resolves when all of it has ended. */
async function everything(origin: string): Promise<void> {
  const watched = await session(origin);
  const word = '{"type":"word","text":"hi"}';
  const places = [origin, ...(watched ? [`${watched.base}.A1`] : [])];
  const get = (base: string, path: string, fields?: Record<string, string>): Promise<unknown> =>
    ask(origin, base.slice(origin.length) + path, fields);
  const visits = places.flatMap((base) => [
    visit(`${base}/echo`, 'hello'),
    visit(`${base}/echo?latency=2&fragment=2`, 'hello'),
    visit(`${base}/broadcast/x?after=0`, 'hello'),
    visit(`${base}/ticker?every=10&count=2&close=1`),
    visit(`${base}/half-duplex/x?floor=0&air=10`, word),
    visit(`${base}/half-duplex/x?air=10`, '{"type":"request","wait":true}', word, '{"type":"release"}'),
    visit(`${base}/raw`, 'end'),
    visit(`${base}/door`),
    visit(`${base}/crowd`, '[[0]]', 'again'),
    visit(`${base}/close?after=5`),
    visit(`${base}/nowhere`),
    get(base, '/poll/x?after=0'),
    get(base, '/long-poll/x?timeout=100&latency=1'),
    get(base, '/messages/x', { method: 'POST' }),
    get(base, '/nowhere'),
    stream(`${base}/events/ticker?every=50`),
  ]);
  const ofTheSite = [get(origin, '/page.html', { range: 'bytes=0-3' }), get(origin, '/nowhere', { accept: 'text/html' })];
  await Promise.allSettled([...visits, ...ofTheSite, get(origin, '/metrics'), get(origin, '/sandbox')]);
  watched?.tap.terminate();
}

test(
  'a fault in any method of any class ends only what it hits: everything else goes on, and nobody waits for ever',
  { timeout: 600_000 },
  async () => {
    const site = await mkdtemp(join(tmpdir(), 'site-'));
    await writeFile(join(site, 'page.html'), 'a page');
    await writeFile(join(site, '404.html'), 'not here');
    const told: unknown[] = [];
    const uncaught: string[] = [];
    const catching = ({ stack }: Error): void => void uncaught.push(stack?.split('\n').slice(2, 6).join('') ?? '');
    process.on('uncaughtException', catching);
    const lifted = {
      refusalsPerSecond: 0,
      sessionsPerSecond: 0,
      sessionIdle: 0.5,
      maxCrowds: 0,
      pingAfter: 0.5,
      deadAfter: 0.5,
      closeTimeout: 0.5,
      handshakeTimeout: 2,
      longPollTimeout: 1,
    };
    const running = await startServer({ site, ...lifted }, { epoch: 0, failed: (error) => told.push(error) });
    const all = [...methods(await classes())];
    expect(all.length).toBeGreaterThan(120);
    const rounds = Math.ceil(all.length / together);
    const problems: string[] = [];
    const met = new Set<string>();
    for (const nth of calls) {
      for (let round = 0; round < rounds; round++) {
        // Methods of one class are next to each other in `all`, so each round takes them from different classes.
        const spoiled = all.filter((_, i) => i % rounds === round).map((method) => spoil(method, nth));
        const names = spoiled.map(({ name }) => name).join(', ');
        const over = everything(running.origin).then(() => true);
        const isOver = await Promise.race([over, new Promise((resolve) => setTimeout(resolve, 20_000))]);
        for (const { name, end } of spoiled) if (end()) met.add(name);
        if (!isOver) problems.push(`somebody waits for ever, of ${names}`);
        problems.push(...uncaught.splice(0).map((stack) => `not caught, of ${names}: ${stack}`));
        const honest = await connect(`${running.origin}/echo`);
        honest.socket.send(names);
        expect(await honest.messages.next(), names).toBe(names);
        await honest.close();
        expect((await ask(running.origin, '/healthz')).status, names).toBe(200);
      }
    }
    expect(problems).toEqual([]);
    // Most methods must have been called, or this test shows little.
    if (calls.includes(1)) expect(met.size / all.length).toBeGreaterThan(0.6);
    expect(told.length).toBeGreaterThan(met.size / 2);
    // A closing handshake that was hit by a fault takes a while.
    await until(() => running.server.stats().connections === 0);
    while (!String((await ask(running.origin, '/metrics')).body).includes('\nduplex_http_exchanges 0\n'));
    await running[Symbol.asyncDispose]();
    process.off('uncaughtException', catching);
  },
);
