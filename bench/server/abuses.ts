/** The abuses. Each goes on for as long as the process runs: a client that is thrown out comes back at once. */
import { Agent, get, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { deflateRawSync } from 'node:zlib';
import { encodeFrame, type FrameFields, Opcode } from '../../protocol/wire/frame.ts';

/** Runs until the process ends. An abuse that takes a while to get under way calls `begun` once it is. */
export type Abuse = (port: number, begun: () => void) => Promise<unknown>;

const maskingKey = Uint8Array.of(0, 0, 0, 0);
const frame = (opcode: number, payload: string | Uint8Array, bits: Partial<FrameFields> = {}): Uint8Array =>
  encodeFrame({ opcode, payload: Buffer.from(payload as string), maskingKey, ...bits });
const times = (count: number, bytes: Uint8Array): Buffer => Buffer.concat(Array<Uint8Array>(count).fill(bytes));
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const handshake = (target: string, fields = ''): string =>
  `GET ${target} HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n${fields}\r\n`;

/** Connects from the address `from`, one of this machine's (on Linux, all of 127.0.0.0/8). */
function open(port: number, from = '127.0.0.1'): Socket {
  const socket = connect({ port, host: '127.0.0.1', localAddress: from, allowHalfOpen: true });
  return socket.on('error', () => undefined);
}

/** Resolves however the socket closes: `once` of node:events would reject with an earlier error. */
const closed = (socket: Socket): Promise<unknown> => new Promise((resolve) => socket.once('close', resolve));

/** Runs `count` loops side by side, each repeating `act` for ever. */
const again = (count: number, act: (n: number) => Promise<unknown>): Promise<unknown> =>
  Promise.all(
    Array.from({ length: count }, async (_, n) => {
      for (;;) await act(n);
    }),
  );

/**
 * Repeats `act` in 20 loops, each with a pause after every turn. That makes some thousand a second, so that the server does the
 * work and not the abuser.
 */
const paced = (act: (n: number) => Promise<unknown>): Promise<unknown> =>
  again(20, async (n) => {
    await act(n);
    await pause(5);
  });

/** Connects, sends, and stays until the server cuts the socket. Answers neither a Close nor the server's end. */
async function stay(
  port: number,
  target: string,
  fields: string,
  act: (socket: Socket) => void = () => undefined,
  from?: string,
): Promise<void> {
  const socket = open(port, from);
  const gone = closed(socket);
  socket.write(handshake(target, fields));
  await Promise.race([new Promise((resolve) => socket.once('data', resolve)), gone]);
  socket.resume();
  act(socket);
  await gone;
}

/** Writes the bytes again whenever there is room, until the socket is cut. */
function pour(socket: Socket, bytes: Uint8Array): void {
  const more = (): void => {
    while (!socket.destroyed && socket.write(bytes));
  };
  socket.on('drain', more);
  more();
}

const ask = (agent: Agent, port: number, path: string): Promise<void> =>
  new Promise((resolve) => {
    get({ agent, port, host: '127.0.0.1', path }, (answer) => answer.resume().on('end', resolve)).on('error', () => resolve());
  });

const tenThousandGuesses = (port: number): Promise<unknown> => {
  const agent = new Agent({ keepAlive: true, maxSockets: 20 });
  return paced((n) => ask(agent, port, `/s/${Buffer.from(`${n}-${Math.random()}`).toString('base64url').slice(0, 22)}/tap`));
};

const oddNames = ['%00', '%0d%0aSet-Cookie:%20a=b', '%1b%5b2J', '%e2%80%ae', '%ff', '%', '..%2f..', 'x'.repeat(65)];
const hostile = [
  'null',
  '{"type":"constructor"}',
  '{"__proto__":{}}',
  `${'['.repeat(2000)}${']'.repeat(2000)}`,
  '\u0000',
  '{"type":"word"}',
];

async function slowHandshake(port: number): Promise<void> {
  const socket = open(port).resume();
  const drip = setInterval(() => socket.write('x'), 200);
  socket.write('GET /echo HTTP/1.1\r\nHost: x\r\nX-Slow: ');
  await closed(socket);
  clearInterval(drip);
}

/** Sends 500 requests at once and hangs up on all of them while they wait. */
async function abortedLongPolls(port: number): Promise<void> {
  const sockets = Array.from({ length: 500 }, () => open(port));
  for (const [n, socket] of sockets.entries()) socket.write(`GET /long-poll/abuse-${n % 50} HTTP/1.1\r\nHost: x\r\n\r\n`);
  await pause(200);
  for (const socket of sockets) socket.destroy();
  await pause(800);
}

/** Puts 20 clients that never read into a room, and one that fills it at the pace the limits allow. */
async function deafReaders(port: number): Promise<unknown> {
  const page = frame(Opcode.binary, new Uint8Array(60_000));
  const deaf = again(20, () => stay(port, '/broadcast/library', '', (socket) => socket.pause()));
  const speaker = again(1, () =>
    stay(port, '/broadcast/library?self=0', '', (socket) => {
      const speaking = setInterval(() => socket.write(page), 25);
      socket.on('close', () => clearInterval(speaking));
    }),
  );
  return await Promise.all([deaf, speaker]);
}

/** Starts a session and keeps it in use through its tap, until it loses it. */
async function keepSession(port: number, from: string, kept: () => void): Promise<void> {
  const agent = new Agent({ keepAlive: true, localAddress: from });
  const answer = await new Promise<string>((resolve) => {
    request({ agent, port, host: '127.0.0.1', path: '/sessions', method: 'POST' }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString())).on('end', () => resolve(text));
    })
      .on('error', () => resolve(''))
      .end();
  });
  agent.destroy();
  const tap = /"tap":"([^"]+)"/.exec(answer)?.[1];
  if (tap === undefined) {
    await pause(200);
    return kept();
  }
  await stay(port, tap, '', kept, from);
}

/**
 * Runs `count` holders, started 20 at a time. Each holds something until it loses it, then tries again. Calls `begun` once each
 * has held something for the first time, or failed to.
 */
function holding(count: number, begun: () => void, hold: (n: number, held: () => void) => Promise<void>): Promise<unknown> {
  let waiting = count;
  return Promise.all(
    Array.from({ length: count }, async (_, n) => {
      let isCounted = false;
      const held = (): void => {
        if (!isCounted && --waiting === 0) begun();
        isCounted = true;
      };
      await pause(Math.floor(n / 20) * 20);
      for (;;) {
        await hold(n, held);
        held();
        // A client that was refused comes back, but not a thousand times a second.
        await pause(100);
      }
    }),
  );
}

const bomb = deflateRawSync(new Uint8Array(64 * 2 ** 20), { level: 9 });
const compressed = 'Sec-WebSocket-Extensions: permessage-deflate; client_no_context_takeover\r\n';

/** The abuses, by the names that the issues use. */
export const abuses: Readonly<Record<string, Abuse>> = {
  '10 flooders': (port) =>
    again(10, () => stay(port, '/echo', '', (socket) => pour(socket, times(100, frame(1, 'x'.repeat(200)))))),
  '10 messages of 64 KiB + 1': (port) =>
    again(10, () => stay(port, '/echo', '', (socket) => socket.write(frame(2, new Uint8Array(65_537))))),
  '10 times a thousand tiny fragments': (port) =>
    again(10, () =>
      stay(port, '/echo', '', (socket) => {
        socket.write(frame(1, 'x', { fin: false }));
        socket.write(times(999, frame(0, 'x', { fin: false })));
      }),
    ),
  '200 messages never finished': (port) =>
    again(200, () =>
      stay(port, '/echo', '', (socket) => {
        socket.write(frame(2, new Uint8Array(60_000)).subarray(0, 30_000));
        const drip = setInterval(() => socket.write('x'), 100);
        socket.on('close', () => clearInterval(drip));
      }),
    ),
  '2 zip bombs of 64 MiB': (port) =>
    again(2, () => stay(port, '/echo?compress=1', compressed, (socket) => socket.write(frame(2, bomb, { rsv1: true })))),
  '10 floods of pings': (port) =>
    again(10, () => stay(port, '/echo', '', (socket) => pour(socket, times(100, frame(Opcode.ping, 'x'.repeat(125)))))),
  '300 slow handshakes': (port) => again(300, () => slowHandshake(port)),
  '20 readers that never read': deafReaders,
  '500 aborted long polls, again and again': (port) => again(1, () => abortedLongPolls(port)),
  'guesses at sessions, 20 at a time': tenThousandGuesses,
  'control bytes in names, 20 at a time': (port) => {
    const agent = new Agent({ keepAlive: true, maxSockets: 20 });
    return paced((n) => ask(agent, port, `/poll/${oddNames[n % oddNames.length] as string}`));
  },
  '10 floods of hostile JSON': (port) =>
    again(10, (n) =>
      stay(port, '/half-duplex/abuse', '', (socket) => pour(socket, times(20, frame(1, hostile[n % hostile.length] as string)))),
    ),
  '520 sessions from each of four addresses': (port, begun) =>
    holding(4 * 520, begun, (n, held) => keepSession(port, `127.0.0.${2 + (n % 4)}`, held)),
  '1,100 rooms of one address': (port, begun) =>
    holding(1100, begun, (n, held) => stay(port, `/broadcast/taken-${n}`, '', held, '127.0.0.2')),
  '150 doors and 150 crowds of one address': (port, begun) =>
    holding(300, begun, (n, held) =>
      stay(
        port,
        n % 2 ? '/door' : '/crowd',
        '',
        (socket) => {
          // Every client comes back only near the end, so that the crowd lasts.
          socket.write(frame(1, '[[10000, 10000, 10000]]'));
          held();
        },
        '127.0.0.2',
      ),
    ),
};
