import { once } from 'node:events';
import { connect as openSocket, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import type { TraceEvent } from '../../protocol/trace/trace.ts';
import { startServer, until, watch } from '../testing/client.ts';
import { startRecordingProxy } from '../testing/recording-proxy.ts';

const connections = ['A1', 'B1', 'C1', 'D1'];
const exchanges = 200;
const streamed = 1200;

const tappedBytes = (events: readonly TraceEvent[], connection: string, direction: string): string =>
  events
    .map((event) => ('bytes' in event && event.connection === connection && event.direction === direction ? event.bytes : ''))
    .join('');

/** Returns a request of each kind in turn, refused ones among them. */
function requestNumber(i: number, base: string, link: string): string {
  const body = `${i} grüße `.repeat((i * 7) % 60);
  const to = (method: string, address: string, fields = '', content = ''): string =>
    `${method} ${base}${address}${address.includes('?') ? link.replace('?', '&') : link} HTTP/1.1\r\nHost: x\r\nX-Number:  ${i}\r\n${fields}\r\n${content}`;
  const size = Buffer.byteLength(body);
  const kinds = [
    to('GET', '/poll/x'),
    to('POST', '/messages/x', `Content-Length: ${size}\r\n`, body),
    to('GET', '/long-poll/y?after=0'),
    to('POST', '/messages/x', 'Transfer-Encoding: chunked\r\n', `${(size + 3).toString(16)};n=${i}\r\n${body}end\r\n0\r\n\r\n`),
    to('OPTIONS', '/messages/x', 'Origin: null\r\n'),
    to('GET', '/poll/x?after=wrong', 'Accept: application/json\r\n'),
    to('DELETE', '/poll/x'),
    to('GET', '/nowhere'),
  ];
  return kinds[i % kinds.length] as string;
}

interface RawClient {
  socket: Socket;
  closed: Promise<unknown>;
  text(): string;
}

function rawClient(port: number): RawClient {
  const socket = openSocket(port, '127.0.0.1');
  socket.setNoDelay();
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  return { socket, closed: once(socket, 'close'), text: () => Buffer.concat(chunks).toString('latin1') };
}

/** Sends the requests one after another, some in pairs, all cut where no request ends. Closes with the last one. */
async function converse({ socket, closed, text }: RawClient, base: string, link: string): Promise<void> {
  for (let i = 0; i < exchanges; i++) {
    const isPair = i % 3 === 0;
    const bytes = Buffer.from(requestNumber(i, base, link) + (isPair ? requestNumber(++i, base, link) : ''));
    const cut = (i * 13) % bytes.length;
    socket.write(bytes.subarray(0, cut));
    if (i % 2 === 0) await new Promise(setImmediate);
    socket.write(bytes.subarray(cut));
    await until(() => text().split('HTTP/1.1 ').length - 1 === i + 1);
  }
  socket.write(`GET ${base}/poll/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
  await closed;
}

test.each(['', '?latency=2&jitter=3'])(
  `over ${connections.length * exchanges} exchanges and ${streamed} events the tap reports the bytes an independent recorder saw, link "%s"`,
  { timeout: 60_000 },
  async (link) => {
    await using running = await startServer({ requestsPerSecond: 0, tapQueueBytes: 0, tapQueueEvents: 0, historyMessages: 4 });
    await using proxy = await startRecordingProxy(running.port);
    const session = await watch(running.origin);
    const path = new URL(session.base).pathname;
    const port = Number(new URL(proxy.origin).port);
    await fetch(`${running.origin}/messages/y`, { method: 'POST', body: 'there already' });

    const stream = rawClient(port);
    await once(stream.socket, 'connect');
    stream.socket.write(`GET ${path}.S1/events/z${link} HTTP/1.1\r\nHost: x\r\n\r\n`);
    await until(() => stream.text().includes('retry: '));
    const speak = async (): Promise<void> => {
      for (let i = 0; i < streamed; i += 20) {
        const post = (n: number) =>
          fetch(`${running.origin}/messages/z`, { method: 'POST', body: `${n} ü\n`.repeat((n * 5) % 40) });
        await Promise.all(Array.from({ length: 20 }, (_, n) => post(i + n)));
      }
      await fetch(`${running.origin}/messages/z`, { method: 'POST', body: 'the last' });
    };
    const clients: RawClient[] = [];
    for (const _ of connections) {
      const client = rawClient(port);
      await once(client.socket, 'connect');
      clients.push(client);
    }
    await Promise.all([
      speak(),
      ...connections.map((connection, i) => converse(clients[i] as RawClient, `${path}.${connection}`, link)),
    ]);
    await until(() => stream.text().includes('data: the last'));
    stream.socket.end();
    await stream.closed;

    for (const [i, connection] of ['S1', ...connections].entries()) {
      const answered = connection === 'S1' ? 1 : exchanges + 1;
      const ended = (): number =>
        session.events.all.filter((event) => event.name === 'exchange_ended' && event.connection === connection).length;
      await until(() => ended() === answered);
      const recorded = proxy.connections[i];
      expect(tappedBytes(session.events.all, connection, 'client-to-server')).toBe(
        session.asTold(recorded?.sent.toString('hex') ?? ''),
      );
      expect(tappedBytes(session.events.all, connection, 'server-to-client')).toBe(recorded?.received.toString('hex'));
    }
    expect(session.events.all.filter((event) => event.name === 'events_omitted')).toEqual([]);
  },
);
