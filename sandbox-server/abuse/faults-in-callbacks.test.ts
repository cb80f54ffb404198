/** Puts a fault of ours into what others call: a server in the process, a stream, a timer. Whoever it hits must not wait for ever. */
import { once } from 'node:events';
import { createServer, type Server as HttpServer, ServerResponse } from 'node:http';
import { type AddressInfo, connect as openSocket, Server, Socket } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { LoopbackServer } from '../adapters/loopback-server.ts';
import { handshakeRequest } from '../conformance/raw-client.ts';
import { FaultBoundary } from '../fault-boundary.ts';
import { InTurns } from '../in-turns.ts';
import { Routes } from '../routing/routes.ts';
import { createSandbox } from '../sandbox.ts';
import { HandshakeBytes } from '../tap/handshake-bytes.ts';
import { Recorder } from '../../protocol/trace/recorder.ts';
import { RequestBytes } from '../tap/request-bytes.ts';
import { connect, startServer, until, watch } from '../testing/client.ts';
import { ask, exchangeBytes } from '../testing/raw-http.ts';
import { LiveConnection } from '../websocket/live-connection.ts';
import { FrameWriter } from '../websocket/write-batching/frame-writer.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

const fault = new Error('a fault of ours');
const throwFault = (): never => {
  throw fault;
};
const ofConnection = { code: 1011, reason: 'The server met an error with this connection.' };

async function startTelling(options: Parameters<typeof startServer>[0] = {}) {
  const told: unknown[] = [];
  const running = await startServer(options, { epoch: 0, failed: (error) => told.push(error) });
  return Object.assign(running, { told });
}

test('a fault with the second connection of /raw refuses it with 500, and the first closes and says so', async () => {
  await using running = await startTelling();
  const session = await watch(running.origin);
  const { find } = Routes.prototype;
  vi.spyOn(Routes.prototype, 'find').mockImplementation(function (this: Routes, target, admit) {
    if (target.endsWith('/echo')) throw fault;
    return find.call(this, target, admit);
  });
  for (const base of [running.origin, session.base]) {
    running.told.length = 0;
    const client = await connect(`${base}/raw`);
    expect(await client.closed).toEqual({ code: 1013, reason: 'The second connection was refused, with status 500.' });
    expect(running.told).toEqual([fault]);
  }
});

test('a fault in the answer to a fault ends the connection, whatever was asked', async () => {
  await using running = await startTelling();
  const { origin, port } = running;
  const { end } = Socket.prototype;
  vi.spyOn(ServerResponse.prototype, 'writeHead').mockImplementation(throwFault);
  vi.spyOn(Socket.prototype, 'end').mockImplementation(function (this: Socket, ...given: unknown[]) {
    if (String(given[0]).startsWith('HTTP/1.1')) throw fault;
    return Reflect.apply(end, this, given) as Socket;
  });
  for (const path of ['/healthz', '/nowhere', '/poll/x?after=0']) await expect(ask(origin, path), path).rejects.toThrow();
  await expect(ask(origin, '/healthz', { expect: 'a reward' })).rejects.toThrow();
  expect(await exchangeBytes(port, 'CONNECT x:80 HTTP/1.1\r\nHost: x\r\n\r\n')).toBe('');
  expect(await exchangeBytes(port, handshakeRequest('/nowhere'))).toBe('');
  vi.spyOn(Routes.prototype, 'find').mockImplementation(throwFault);
  expect(await exchangeBytes(port, handshakeRequest('/echo'))).toBe('');
  expect(new Set(running.told)).toEqual(new Set([fault]));
});

/** Mounts a sandbox in another server, whose sockets the boundary does not enclose. */
async function mount(): Promise<{ origin: string; port: number; told: unknown[] } & AsyncDisposable> {
  const told: unknown[] = [];
  const sandbox = createSandbox({}, { failed: (error) => told.push(error) });
  const server: HttpServer = createServer((request, response) => void sandbox.request(request, response));
  sandbox.attach(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    told,
    async [Symbol.asyncDispose]() {
      await sandbox.close();
      server.close();
      server.closeAllConnections();
    },
  };
}

test('a fault with a connection of a server that the sandbox is mounted in does not end its process', async () => {
  await using mounted = await mount();
  vi.spyOn(HandshakeBytes.prototype, 'observe').mockImplementationOnce(throwFault);
  expect((await ask(mounted.origin, '/healthz')).status).toBe(200);
  expect(mounted.told.splice(0)).toEqual([fault]);

  const client = await connect(`${mounted.origin}/echo`);
  vi.spyOn(FrameWriter.prototype, 'flush').mockImplementationOnce(throwFault);
  (client.socket as unknown as { _socket: Socket })._socket.end();
  await client.closed;
  expect(mounted.told).toEqual([fault]);
});

test('a fault with the bytes of a request ends its connection, not the process that the sandbox is mounted in', async () => {
  await using mounted = await mount();
  const session = await watch(mounted.origin);
  const { add } = RequestBytes.prototype;
  let calls = 0;
  vi.spyOn(RequestBytes.prototype, 'add').mockImplementation(function (this: RequestBytes, chunk) {
    if (++calls === 2) throw fault;
    return add.call(this, chunk);
  });
  const posting = openSocket(mounted.port, '127.0.0.1');
  const closed = once(posting, 'close');
  posting.write(`POST ${new URL(session.base).pathname}/messages/x HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n`);
  await until(() => calls === 1);
  posting.write('hello');
  await closed;
  expect(mounted.told).toEqual([fault]);
});

test('a fault in what a timer starts for a connection closes that connection: a regular ping, a batch of its tap', async () => {
  await using running = await startTelling();
  vi.spyOn(LiveConnection.prototype, 'ping').mockImplementationOnce(throwFault);
  expect(await (await connect(`${running.origin}/echo?pingevery=1000`)).closed).toEqual(ofConnection);

  const session = await watch(running.origin);
  spoilSending('"type":"events"');
  const client = await connect(`${session.base}/echo`);
  expect(await session.tap.closed).toEqual(ofConnection);
  client.socket.send('still here');
  expect(await client.messages.next()).toBe('still here');
  expect(running.told).toEqual([fault, fault]);
});

/** Has the sending of the first message that holds these words throw. */
function spoilSending(words: string): void {
  const { send } = LiveConnection.prototype;
  let isSpoiled = false;
  vi.spyOn(LiveConnection.prototype, 'send').mockImplementation(function (this: LiveConnection, data) {
    if (!isSpoiled && String(data).includes(words)) {
      isSpoiled = true;
      throw fault;
    }
    send.call(this, data);
  });
}

test.each([
  ['a word goes off the air', 'floor=0&air=10', { type: 'word', text: 'hi' }, '"type":"heard"'],
  ['the time on the floor is over', 'air=10', { type: 'request' }, '"type":"released"'],
])('a fault when %s closes that station, and the others go on', async (_, query, message, spoiled) => {
  await using running = await startTelling({ floorTime: 0.2 });
  const [hit, other] = (await Promise.all(
    Array.from({ length: 2 }, () => connect(`${running.origin}/half-duplex/x?${query}`)),
  )) as [Awaited<ReturnType<typeof connect>>, Awaited<ReturnType<typeof connect>>];
  spoilSending(spoiled);
  hit.socket.send(JSON.stringify(message));
  expect(await hit.closed).toEqual(ofConnection);
  other.socket.send('{"type":"request"}');
  other.socket.send('{"type":"word","text":"still here"}');
  await other.messages.first((text) => text.includes('"heard"'));
  expect(running.told).toEqual([fault]);
});

test('a fault when a link is cut after its silence ends the connection all the same', async () => {
  await using running = await startTelling();
  const session = await watch(running.origin);
  const { linkEnded } = Recorder.prototype;
  vi.spyOn(Recorder.prototype, 'linkEnded').mockImplementation(function (this: Recorder, end) {
    if (end === 'cut') throw fault;
    linkEnded.call(this, end);
  });
  const client = await connect(`${session.base}/echo?silent=50&cut=100`);
  expect((await client.closed).code).toBe(1006);
  expect(running.told).toEqual([fault]);
});

test('a fault with a connection that gives way ends it, and costs whoever gets its place nothing', async () => {
  await using running = await startTelling({ maxConnections: 3, maxAddressConnections: 0, maxSessionConnections: 0 });
  const rich = await watch(running.origin);
  const held = [await connect(`${rich.base}/echo`), await connect(`${rich.base}/echo`)];
  const answer = await ask(running.origin, '/sessions', { method: 'POST' });
  const { session } = JSON.parse(String(answer.body)) as { session: string };
  vi.spyOn(LiveConnection.prototype, 'failFor').mockImplementationOnce(throwFault);
  const poor = await connect(`${running.origin}/s/${session}/echo`);
  poor.socket.send('still here');
  expect(await poor.messages.next()).toBe('still here');
  expect((await held[0]?.closed)?.code).toBe(1006);
  expect(running.told).toEqual([fault]);
});

test('a fault with a visitor of a loopback server refuses that visitor with 500', async () => {
  const told: unknown[] = [];
  const faults = new FaultBoundary((error) => told.push(error));
  let server: LoopbackServer | undefined;
  const port = await new Promise<number>((resolve) => {
    server = new LoopbackServer({ verify: throwFault, listening: resolve, failed: () => undefined, faults });
  });
  const visitor = new WebSocket(`ws://127.0.0.1:${port}`);
  visitor.on('error', () => undefined);
  const status = await new Promise((resolve) => visitor.once('unexpected-response', (_, { statusCode }) => resolve(statusCode)));
  server?.close();
  expect([status, told]).toEqual([500, [fault]]);
});

test.each([
  ['begins', () => vi.spyOn(InTurns.prototype, 'add').mockImplementationOnce(throwFault)],
  ['lets its next client begin', spoilClient],
  ['restarts its server', spoilRestart],
])('a fault when a crowd %s closes its connection with a sentence', async (_, spoil) => {
  await using running = await startTelling();
  const client = await connect(`${running.origin}/crowd`);
  spoil();
  client.socket.send(JSON.stringify(Array.from({ length: 22 }, () => [5000])));
  expect(await client.closed).toEqual({ code: 1013, reason: 'The server met an error here. Try again in a minute.' });
  expect(running.told).toEqual([fault]);
});

/** Spoils the first client that has had to wait until others were connected. */
function spoilClient(): void {
  const { enclose } = FaultBoundary.prototype;
  let clients = 0;
  vi.spyOn(FaultBoundary.prototype, 'enclose').mockImplementation(function (this: FaultBoundary, emitter) {
    if (emitter instanceof WebSocket && emitter.url !== undefined && ++clients === 21) throw fault;
    enclose.call(this, emitter);
  });
}

function spoilRestart(): void {
  const { listen } = Server.prototype;
  vi.spyOn(Server.prototype, 'listen').mockImplementation(function (this: Server, ...given: unknown[]) {
    if (given[0] !== 0) throw fault;
    return Reflect.apply(listen, this, given) as Server;
  });
}

test('a fault with one connection when the server closes down does not keep the others from their Close', async () => {
  const running = await startTelling({ drain: 1 });
  const clients = [await connect(`${running.origin}/echo`), await connect(`${running.origin}/echo`)];
  vi.spyOn(LiveConnection.prototype, 'close').mockImplementationOnce(throwFault);
  const closing = running.server.close();
  expect((await clients[1]?.closed)?.code).toBe(1012);
  await closing;
  expect(running.told).toEqual([fault]);
});
