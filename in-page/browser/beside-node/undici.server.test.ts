import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocketServer, type WebSocket as ServerSocket } from 'ws';
import { Opcode } from '../../../protocol/wire/frame.ts';
import { fromHex } from '../../../protocol/trace/trace.ts';
import { converse, closesBack, granting, type ServerEnd, type ServerByHand } from '../testing/by-hand.ts';
import { scripts } from './scripts.ts';

interface Wrong {
  why: string;
  /** Returns what undici writes down, from what it should. */
  instead: (right: string[]) => string[];
}

/** Where Node’s own WebSocket, undici 7.29, differs from the standard, by script. */
const wrongInUndici: Readonly<Record<string, Wrong>> = {
  'sends text': {
    why: 'It takes a byte order mark off a message, which is text as any other (RFC 6455 §5.6).',
    instead: (right) => right.map((line) => line.replace('\ufeff', '')),
  },
  'counts what it sends too late': {
    why: 'It does not count in bufferedAmount what is sent after close (WHATWG WebSockets §3.1, "send").',
    instead: (right) => right.map((line) => (/^[25]$/.test(line) ? '0' : line)),
  },
  'closes before it is open': {
    why: 'It dispatches error and close within close(), instead of in a task (WHATWG WebSockets §4).',
    instead: ([did = '', ...events]) => [...events, did],
  },
  'is cut off': {
    why: 'It dispatches an error first when an open connection is lost; Chromium and Firefox do not.',
    instead: (right) => right.toSpliced(-1, 0, 'error 3'),
  },
  'has handlers': {
    why: 'A handler loses its place among the listeners when it is replaced (HTML §8.1.8.1).',
    instead: (right) => right.toSpliced(right.indexOf('handler'), 2, 'listener', 'handler'),
  },
};

const addressOf = (request: string): URL => new URL(request.split(' ')[1] ?? '/', 'ws://localhost');
const chunks = [
  { opcode: Opcode.text, text: 'frag', fin: false },
  { opcode: Opcode.ping, text: 'p', fin: true },
  { opcode: Opcode.continuation, text: 'ments', fin: true },
];

/** The server of the scripts, by hand on the in-page network. */
const byHand: ServerByHand = {
  answer(request) {
    const { pathname, searchParams } = addressOf(request);
    if (pathname === '/refuse') return 'HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n';
    const protocol = searchParams.get('protocol');
    return granting(request, ...(protocol === null ? [] : [`Sec-WebSocket-Protocol: ${protocol}`]));
  },
  onOpen(end) {
    const [, does, first = '', second = ''] = addressOf(end.request).pathname.split('/');
    if (does === 'close') end.close(first === '' ? undefined : Number(first), decodeURIComponent(second));
    else if (does === 'terminate') end.socket.destroy();
    else if (does === 'raw') end.socket.write(fromHex(first));
    else if (does === 'fragments') sendFragments(end);
  },
  onFrame(frame, end) {
    const isBye = frame.opcode === Opcode.text && new TextDecoder().decode(frame.payload) === 'bye';
    if (isBye) end.close(4000, 'as you wish');
    else if (frame.opcode === Opcode.text || frame.opcode === Opcode.binary) {
      end.frame({ opcode: frame.opcode, payload: frame.payload });
    } else if (frame.opcode === Opcode.close && /^\/(close|fragments)/.test(addressOf(end.request).pathname)) end.socket.end();
    else closesBack(frame, end);
  },
};

function sendFragments({ frame, close }: ServerEnd): void {
  for (const { opcode, text, fin } of chunks) frame({ opcode, payload: new TextEncoder().encode(text), fin });
  close(1000);
}

/** The same server with `ws`, on a real socket. */
function serveReally(ws: ServerSocket, path: string): void {
  const [, does, first = '', second = ''] = path.split('/');
  ws.on('error', () => undefined);
  ws.on('message', (data: Buffer, isBinary) => {
    if (!isBinary && data.toString() === 'bye') ws.close(4000, 'as you wish');
    else ws.send(data, { binary: isBinary });
  });
  if (does === 'close') ws.close(first === '' ? undefined : Number(first), decodeURIComponent(second));
  else if (does === 'terminate') ws.terminate();
  else if (does === 'raw') rawSocketOf(ws).write(fromHex(first));
  else if (does === 'fragments') {
    ws.send('frag', { fin: false });
    ws.ping('p');
    ws.send('ments', { fin: true });
    ws.close(1000);
  }
}

const rawSocketOf = (ws: ServerSocket): NodeJS.WritableStream => (ws as unknown as { _socket: NodeJS.WritableStream })._socket;

/** Answers requests as `byHand` does. */
const server = new WebSocketServer({
  host: '127.0.0.1',
  port: 0,
  handleProtocols: () => false,
  verifyClient: ({ req }: { req: IncomingMessage }, done: (isFine: boolean, status?: number) => void) =>
    done(req.url !== '/refuse', 404),
});
server.on('headers', (lines, { url }) => {
  const protocol = addressOf(`GET ${url}`).searchParams.get('protocol');
  if (protocol !== null) lines.push(`Sec-WebSocket-Protocol: ${protocol}`);
});
server.on('connection', (ws, { url }) => serveReally(ws, url ?? '/'));

beforeAll(async () => {
  if (!server.address()) await once(server, 'listening');
});

afterAll(() => {
  for (const client of server.clients) client.terminate();
  server.close();
});

/** Returns the transcript of a script on real sockets, complete once every WebSocket that it made is closed. */
async function withUndici(name: string): Promise<string[]> {
  const log: string[] = [];
  const closed: Promise<unknown>[] = [];
  const Observed = new Proxy(WebSocket, {
    construct(target, args: ConstructorParameters<typeof WebSocket>) {
      const ws = new target(...args);
      closed.push(new Promise((resolve) => ws.addEventListener('close', resolve)));
      return ws;
    },
  });
  const { port } = server.address() as AddressInfo;
  scripts[name]?.(Observed, (path) => `ws://127.0.0.1:${port}${path}`, log);
  await Promise.all(closed);
  // What a script does in its own listener for close comes after ours.
  await new Promise((resolve) => setTimeout(resolve, 0));
  return log.map((line) => line.replace(`127.0.0.1:${port}`, 'localhost:8080'));
}

async function inPage(name: string): Promise<string[]> {
  const { log, errors } = await converse(
    ({ WebSocket, log }) => scripts[name]?.(WebSocket, (path) => `ws://localhost:8080${path}`, log),
    byHand,
  );
  expect(errors).toEqual([]);
  return log;
}

test.for(Object.keys(scripts))('%s as Node’s own WebSocket', async (name) => {
  const [ours, theirs] = [await inPage(name), await withUndici(name)];
  const wrong = wrongInUndici[name];
  expect(theirs, wrong?.why).toEqual(wrong ? wrong.instead(ours) : ours);
  if (wrong) expect(theirs).not.toEqual(ours);
});
