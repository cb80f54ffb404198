import { describe, expect, test } from 'vitest';
import { effectsBeforeCauses } from '../../../protocol/trace/effects-before-causes.ts';
import { exchangesOf } from '../../../protocol/trace/exchange-index.ts';
import { flightsOf } from '../../../protocol/trace/flight-index.ts';
import { responseOf } from '../../../protocol/trace/http-message.ts';
import { emptyTrace, type Trace } from '../../../protocol/trace/trace.ts';
import { asciiBytes } from '../../../protocol/wire/handshake.ts';
import type { LinkConditions } from '../../../protocol/wire/link-conditions.ts';
import type { Socket } from '../../program/network.ts';
import type { Surroundings } from '../../program/program.ts';
import { runPrograms } from '../../testing/run-for-tests.ts';

const get = (path = '/'): Uint8Array => asciiBytes(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
const answer = (content: string): Uint8Array =>
  asciiBytes(`HTTP/1.1 200 OK\r\nContent-Length: ${content.length}\r\n\r\n${content}`);

interface Ends {
  /** The client's end. Nothing names its requests: the connection has a name of its own. */
  client: (socket: Socket, log: string[], clock: Surroundings['clock']) => void;
  server: (socket: Socket, heard: string, clock: Surroundings['clock']) => void;
}

/** Runs two ends by hand. The client's log has what it hears, and when. */
async function connect(
  { client, server }: Ends,
  conditions: Partial<LinkConditions> = {},
): Promise<{ log: string[]; trace: Trace; told: string[]; now: number }> {
  const log: string[] = [];
  const { events, errors, now } = await runPrograms(
    {
      server: ({ network, clock }) =>
        void network.listen(8080, (socket) => {
          socket.onEnd = () => {
            log.push(`${clock.present} server ended`);
            socket.end();
          };
          socket.onClose = () => log.push(`${clock.present} server closed`);
          socket.onData = (bytes) => server(socket, new TextDecoder().decode(bytes), clock);
        }),
      A: ({ network, clock }) => {
        const socket = network.connect(8080);
        socket.onData = (bytes) => log.push(`${clock.present} ${new TextDecoder().decode(bytes).split('\r\n\r\n').at(-1)}`);
        socket.onEnd = () => {
          log.push(`${clock.present} client ended`);
          socket.end();
        };
        socket.onClose = () => log.push(`${clock.present} client closed`);
        client(socket, log, clock);
      },
    },
    conditions,
    { until: 100_000 },
  );
  expect(errors).toEqual([]);
  const trace: Trace = { ...emptyTrace('in-page'), connections: [{ id: 'A1', client: 'A', url: '/', kind: 'http' }], events };
  expect(effectsBeforeCauses(trace)).toEqual([]);
  const told = events.map((event) => {
    const numbers = 'exchange' in event ? [event.exchange, ...('part' in event ? [event.part] : [])] : [];
    return [event.time, event.at, event.name, ...numbers].join(' ');
  });
  return { log, trace, told, now };
}

test('a request that comes before its turn waits for the answer to the one before it', async () => {
  const { log, told } = await connect(
    {
      client: (socket) => {
        socket.write(get('/one'));
        socket.write(get('/two'));
      },
      server: (socket, heard) => socket.write(answer(heard.split(' ')[1] ?? '')),
    },
    { latency: 10 },
  );
  expect(log).toEqual(['20 /one', '40 /two']);
  expect(told).toEqual([
    '0 socket exchange_started 0',
    '0 socket request_sent 0',
    '0 link request_departed 0',
    '10 server request_received 0',
    '10 server response_sent 0 0',
    '10 link response_departed 0 0',
    '20 socket response_received 0 0',
    '20 socket exchange_ended 0',
    '20 socket exchange_started 1',
    '20 socket request_sent 1',
    '20 link request_departed 1',
    '30 server request_received 1',
    '30 server response_sent 1 0',
    '30 link response_departed 1 0',
    '40 socket response_received 1 0',
    '40 socket exchange_ended 1',
  ]);
});

test('a request is sent once it is whole, and an answer of unknown length ends with the stream', async () => {
  const { log, trace } = await connect(
    {
      client: (socket, _, clock) => {
        const [first, last] = ['POST / HTTP/1.1\r\nContent-Length: 4\r\n\r\nab', 'cd'];
        socket.write(asciiBytes(first as string));
        clock.set(() => socket.write(asciiBytes(last as string)), 30, false);
      },
      server: (socket, heard) => {
        socket.write(asciiBytes(`HTTP/1.1 200 OK\r\n\r\n${heard.slice(-4)}`));
        socket.write(asciiBytes('more'));
        socket.end();
      },
    },
    { latency: 10 },
  );
  expect(log).toEqual(['50 abcd', '50 more', '50 client ended', '50 client closed', '60 server ended', '60 server closed']);
  const [exchange] = exchangesOf(trace);
  expect(exchange).toMatchObject({ startedAt: 0, complete: true, heldMs: 0, request: { sentAt: 30, receivedAt: 40 } });
  expect(exchange?.parts.map(({ length, final }) => [length, final])).toEqual([
    [4, false],
    [4, false],
    [0, true],
  ]);
});

test('each write of the server is a flight of its own, by the bandwidth of the link', async () => {
  const head = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n';
  const { trace } = await connect(
    {
      client: (socket) => socket.write(get()),
      server: (socket) => {
        for (const written of [head, '3\r\nabc\r\n', '0\r\n\r\n']) socket.write(asciiBytes(written));
      },
    },
    { bandwidth: 8000 },
  );
  const flights = flightsOf(trace).map(({ kind, length, sentAt, departedAt, receivedAt }) => [
    kind,
    length,
    sentAt,
    departedAt,
    receivedAt,
  ]);
  const request = get().length;
  const ends = [head.length, head.length + 8, head.length + 13].map((length) => request + length);
  expect(flights).toEqual([
    ['request', request, 0, 0, request],
    ['response', head.length, request, request, ends[0]],
    ['response', 8, request, ends[0], ends[1]],
    ['response', 5, request, ends[1], ends[2]],
  ]);
});

test('a simplex link answers a request itself: with 403, and why', async () => {
  const { log, told, trace } = await connect(
    { client: (socket) => socket.write(get()), server: () => undefined },
    { duplex: 'simplex', latency: 10 },
  );
  const why = 'This link is simplex: it carries server-to-client alone, and an HTTP exchange needs both directions.';
  expect(log).toEqual([`0 ${why}\n`]);
  expect(told).toEqual([
    '0 socket exchange_started 0',
    '0 socket request_sent 0',
    '0 link request_dropped 0',
    '0 socket response_received 0 0',
    '0 socket exchange_ended 0',
  ]);
  const [exchange] = exchangesOf(trace);
  expect([exchange?.status, exchange && responseOf(exchange)?.text]).toEqual([403, `${why}\n`]);
});

describe('an exchange is not answered whole', () => {
  test('where its link is cut, so long after it began: both ends find the connection gone', async () => {
    const { log, trace } = await connect(
      {
        client: (socket, _, clock) => {
          socket.write(get());
          clock.set(() => socket.write(get()), 1000, false);
        },
        server: (socket, _, clock) => void clock.set(() => socket.write(answer('late')), clock.present > 500 ? 100 : 0, false),
      },
      { latency: 20, cut: 100 },
    );
    // The first is over before its link is cut.
    expect(log).toEqual(['40 late', '1100 client closed', '1100 server closed']);
    expect(exchangesOf(trace).map(({ complete, reason, endedAt }) => [complete, reason, endedAt])).toEqual([
      [true, undefined, 40],
      [false, 'The link was cut.', 1100],
    ]);
    expect(trace.events.map(({ name }) => name).slice(-2)).toEqual(['link_cut', 'exchange_ended']);
  });

  test('where its link goes silent: nobody is told for a minute', async () => {
    const { log, trace } = await connect(
      { client: (socket) => socket.write(get()), server: (socket) => socket.write(answer('lost')) },
      { latency: 20, silent: 30 },
    );
    expect(log).toEqual(['60030 client closed', '60030 server closed']);
    expect(trace.events.slice(-3)).toMatchObject([
      { time: 30, name: 'response_dropped' },
      { time: 30, name: 'link_silenced' },
      { time: 60030, name: 'exchange_ended', reason: 'The link had gone silent, and neither end gave up within a minute.' },
    ]);
  });

  test('where the client goes away: the server finds the connection gone, and its answer goes nowhere', async () => {
    const { log, trace } = await connect(
      {
        client: (socket, _, clock) => {
          socket.write(get());
          clock.set(() => socket.destroy(), 50, false);
        },
        server: (socket, _, clock) => void clock.set(() => socket.write(answer('late')), 20, false),
      },
      { latency: 20 },
    );
    expect(log).toEqual(['50 client closed', '70 server ended', '70 server closed']);
    expect(trace.events.slice(-2)).toMatchObject([
      { time: 40, name: 'response_departed' },
      { time: 50, name: 'exchange_ended', reason: 'The client went away before it had the whole answer.' },
    ]);
  });

  test('where the server closes the connection within its answer', async () => {
    const { log, trace } = await connect(
      {
        client: (socket) => socket.write(get()),
        server: (socket) => {
          socket.write(answer('whole').slice(0, -2));
          socket.end();
        },
      },
      { latency: 20 },
    );
    expect(log).toEqual(['40 who', '40 client ended', '40 client closed', '60 server ended', '60 server closed']);
    expect(exchangesOf(trace)).toMatchObject([
      { complete: false, endedAt: 40, reason: 'The server closed the connection before its answer was whole.' },
    ]);
  });
});

test('a head that comes in pieces is one, and whatever it asks for but a WebSocket is HTTP', async () => {
  const { told } = await connect({
    client: (socket) => {
      for (const byte of get()) socket.write(Uint8Array.of(byte));
    },
    server: (socket) => {
      for (const byte of answer('x')) socket.write(Uint8Array.of(byte));
    },
  });
  expect(told.filter((line) => line.includes('sent'))).toEqual([
    '0 socket request_sent 0',
    '0 server response_sent 0 0',
    '0 server response_sent 0 1',
  ]);
});
