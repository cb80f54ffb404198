/** Puts a fault of ours into what others call: a server in the process, a stream, a timer. Whoever it hits must not wait for ever. */
import { ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { handshakeRequest } from '../conformance/raw-client.ts';
import { Routes } from '../routing/routes.ts';
import { connect, startServer, watch } from '../testing/client.ts';
import { ask, exchangeBytes } from '../testing/raw-http.ts';

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
