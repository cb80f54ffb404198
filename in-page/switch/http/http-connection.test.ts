import { expect, test } from 'vitest';
import { exchangesOf } from '../../../protocol/trace/exchange-index.ts';
import { flightsOf } from '../../../protocol/trace/flight-index.ts';
import { responseOf } from '../../../protocol/trace/http-message.ts';
import { asciiBytes } from '../../../protocol/wire/handshake.ts';
import { answer, connect, get } from './testing/two-ends.ts';

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
