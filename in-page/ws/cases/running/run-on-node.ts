/** Runs cases with the real library on Node: real sockets on this machine, and a port that the system chooses. */
import events from 'node:events';
import http from 'node:http';
import net from 'node:net';
import { Buffer } from 'node:buffer';
import { createRequire } from 'node:module';
import type { WsModule } from '../../create-ws.ts';
import { line } from './show.ts';
import { rawSocket } from './raw-socket.ts';
import { type CaseProgram, emptyTranscript, type Transcript, type World, type WsCase } from './world.ts';

/** What `require('ws')` gives: the default import lacks the properties. */
const realWs = createRequire(import.meta.url)('ws') as WsModule;

/** Of waiting for a case; one that takes longer says so in its transcript. ms */
const limit = 20_000;
/** What comes so long after the programs are over still belongs to the case. ms */
const grace = 40;

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

function rawTo(port: number) {
  const socket = net.connect(port, '127.0.0.1');
  const raw = rawSocket({ write: (data) => void socket.write(data), end: () => void socket.end() }, (chunks) =>
    Buffer.concat(chunks),
  );
  socket.on('data', raw.onData);
  socket.on('close', raw.onClose);
  socket.on('error', () => undefined);
  return raw.socket;
}

/** Takes errors that nobody catches, in place of the test runner. Returns what puts everything back. */
function catchUncaught(take: (error: unknown) => void): () => void {
  const events = ['uncaughtException', 'unhandledRejection'] as const;
  const before = events.map((event) => [event, process.listeners(event as 'uncaughtException')] as const);
  for (const event of events) {
    process.removeAllListeners(event);
    process.on(event, take);
  }
  return () => {
    for (const [event, listeners] of before) {
      process.removeAllListeners(event);
      for (const listener of listeners) process.on(event, listener);
    }
  };
}

/** Returns what the programs of a case see with the real library. */
export async function runOnNode({ server, client, other }: WsCase): Promise<Transcript> {
  const transcript = emptyTranscript();
  const sockets = new Set<net.Socket>();
  const servers = new Set<net.Server>();
  let isOver = false;
  let port = 0;
  const restore = catchUncaught((error) => void (isOver || transcript.uncaught.push(line([error], port))));
  let listening = (): void => undefined;
  const isListening = new Promise<void>((resolve) => (listening = resolve));
  const world = (who: 'server' | 'client' | 'other'): World => ({
    WebSocket: realWs,
    Buffer,
    events: { on: events.on as World['events']['on'], once: events.once },
    http: http as unknown as World['http'],
    port,
    log: (...words) => void (isOver || transcript[who].push(line(words, port))),
    ready: (given) => {
      const listener = ((given as { _server?: net.Server })._server ?? given) as net.Server;
      servers.add(listener);
      listener.on('connection', (socket) => sockets.add(socket));
      listener.prependListener('listening', () => {
        port = (listener.address() as net.AddressInfo).port;
        listening();
      });
    },
    after: (ms, callback) => void setTimeout(callback, ms),
    raw: () => rawTo(port),
  });
  const run = async (who: 'server' | 'client' | 'other', program: CaseProgram | undefined): Promise<void> => {
    try {
      await program?.(world(who));
    } catch (error) {
      transcript.uncaught.push(line([error], port));
      listening();
    }
  };
  const serving = run('server', server);
  await isListening;
  const all = Promise.all([serving, run('client', client), run('other', other)]);
  const isLate = await Promise.race([all.then(() => false), wait(limit).then(() => true)]);
  if (isLate) transcript.uncaught.push('timed out');
  await wait(grace);
  isOver = true;
  for (const socket of sockets) socket.destroy();
  for (const listener of servers) listener.close();
  await wait(1);
  restore();
  return transcript;
}
