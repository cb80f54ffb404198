import { once } from 'node:events';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { encodeFrame } from '../../protocol/wire/frame.ts';
import { handshakeRequest } from '../conformance/raw-client.ts';
import { descriptorLimit } from '../descriptors.ts';
import { ask } from '../testing/raw-http.ts';
import { hasty, type ServerProcess, startProcess } from '../testing/server-process.ts';

const get = (target: string): string => `GET ${target} HTTP/1.1\r\nHost: x\r\n\r\n`;
const post = (target: string): string => `POST ${target} HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhel`;
const delays = Buffer.from(JSON.stringify(Array.from({ length: 5 }, () => [100, 100, 100])));
const crowd =
  handshakeRequest('/crowd') +
  Buffer.from(encodeFrame({ opcode: 1, payload: delays, maskingKey: new Uint8Array(4) }).buffer).toString('latin1');

/**
 * What a client has sent when it leaves, and how many ms before. The server has to let go of all of it at any moment. `S` stands
 * for the client's own session.
 */
const waits: readonly [what: string, sent: string, since: number][] = [
  ['a connection on which nothing was asked', '', 50],
  ['half of a head', 'GET / HTTP/1.1\r\nHo', 50],
  ['half of a body', post('/messages/x'), 50],
  ['half of a body in a session', post('S/messages/x'), 50],
  ['a long poll', get('/long-poll/x'), 50],
  ['a long poll over a link', get('/long-poll/x?latency=200'), 50],
  ['thirty long polls at once', get('/long-poll/x').repeat(30), 50],
  ['a long poll, and an upgrade behind it', get('/long-poll/x') + handshakeRequest('/echo'), 50],
  ['an event stream', get('/events/x'), 50],
  ['an event stream whose link is silent', get('/events/ticker?every=50&silent=100'), 250],
  ['a large file', get('/large.txt'), 50],
  ['a large file, many times', get('/large.txt').repeat(30), 50],
  ['a refusal that waits', get('/s/nobody/echo'), 50],
  ['twenty refusals that wait', get('/s/nobody/echo').repeat(20), 50],
  ['an upgrade whose refusal waits', handshakeRequest('/s/nobody/echo'), 50],
  ['a handshake in a link', handshakeRequest('/echo?latency=400'), 50],
  ['a handshake in a link, in a session', handshakeRequest('S/echo?latency=400'), 50],
  ['a handshake in a link that goes silent', handshakeRequest('/echo?latency=400&silent=10'), 50],
  ['a handshake in a link that goes silent, in a session', handshakeRequest('S/echo?latency=400&silent=10'), 50],
  ['the refusal of a handshake in a link that goes silent', handshakeRequest('S/nowhere?latency=100&silent=150'), 250],
  ['a handshake in a link that is cut', handshakeRequest('/echo?latency=400&cut=200'), 50],
  ['a connection over a link', handshakeRequest('/echo?latency=100'), 300],
  ['a connection over a simplex link', handshakeRequest('/echo?duplex=simplex&latency=100'), 300],
  ['a tap', handshakeRequest('S/tap'), 50],
  ['a raw line', handshakeRequest('/raw'), 50],
  ['a raw line whose handshake is in a link', handshakeRequest('/raw?latency=400'), 50],
  ['a raw line whose handshake is in a link that goes silent', handshakeRequest('/raw?latency=400&silent=10'), 50],
  ['a station that waits for the floor', handshakeRequest('/half-duplex/x'), 50],
  ['a door that opens', handshakeRequest('/door'), 0],
  ['a door while somebody knocks', handshakeRequest('/door'), 600],
  ['a crowd that comes', crowd, 0],
  ['a crowd whose server is away', crowd, 500],
  ['a crowd that comes back', crowd, 1300],
];

const ways: Readonly<Record<string, (socket: Socket) => void>> = {
  'hangs up': (socket) => socket.destroy(),
  'resets the connection': (socket) => socket.resetAndDestroy(),
  // It reads on: a server whose socket is full stops reading, and hears of the end only once there is room again.
  'ends its side alone': (socket) => void socket.end().resume(),
};

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function send({ origin, port }: ServerProcess, sent: string): Promise<Socket> {
  const answer = await ask(origin, '/sessions', { method: 'POST' });
  const { session } = JSON.parse(String(answer.body)) as { session: string };
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true }).on('error', () => undefined);
  await once(socket, 'connect');
  socket.write(sent.replaceAll(/ S\//g, ` /s/${session}/`), 'latin1');
  // Do not read a large file, so that the client leaves in the middle of the answer.
  if (!sent.includes('/large')) socket.resume();
  return socket;
}

for (const [way, leave] of Object.entries(ways)) {
  test.skipIf(descriptorLimit() === Infinity)(
    `a client that ${way} while anything of its own is pending leaves no descriptor open and nothing held by the server`,
    async () => {
      const site = await mkdtemp(join(tmpdir(), 'site-'));
      await writeFile(join(site, 'large.txt'), Buffer.alloc(20_000_000, 'x'));
      const limits = ['--max-crowds', '0', ...hasty];
      const refusals = [
        '--refusal-burst',
        '1',
        '--refusals-per-second',
        '1',
        '--session-burst',
        '0',
        '--session-idle',
        '1',
        '--history-age',
        '1',
      ];
      await using server = await startProcess(['--site', site, ...limits, ...refusals]);
      const figures = async (): Promise<string> =>
        String((await ask(server.origin, '/metrics')).body)
          .match(
            /^duplex_(?:websocket_connections|http_exchanges|event_streams|long_polls|sessions|held_refusals|rooms|queued_bytes|half_duplex_channels) \d+$/gm,
          )
          ?.join('\n') ?? '';
      const before = await figures();
      const sockets = await Promise.all(
        waits.map(async ([, sent, since]) => {
          const socket = await send(server, sent);
          await pause(since);
          leave(socket);
          return socket;
        }),
      );
      await server.atRest();
      while ((await figures()) !== before) await pause(50);
      expect(server.output()).not.toMatch(/^\d{4}-/m);
      for (const socket of sockets) socket.destroy();
    },
  );
}
