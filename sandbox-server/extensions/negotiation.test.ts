import type { IncomingMessage } from 'node:http';
import { duplexPair } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { handshakeRequest, RawClient } from '../conformance/raw-client.ts';
import { resolveOptions } from '../options.ts';
import { startServer, watch } from '../testing/client.ts';
import { HandshakeAnswerer } from '../websocket/ws-server.ts';

/** Sends an opening handshake on a new connection and returns the client once it has the answer. */
async function answerTo(port: number, target: string, fields: Record<string, string | undefined>, method = 'GET') {
  const client = await RawClient.open(port);
  await client.send([Buffer.from(handshakeRequest(target, { Host: 'localhost', ...fields }).replace('GET', method))], 'whole');
  await client.until(() => client.head !== undefined, 20_000);
  client.destroy();
  return client;
}

const places: [string, (origin: string) => Promise<string>][] = [
  ['without a session', () => Promise.resolve('')],
  ['in a session', async (origin) => new URL((await watch(origin)).base).pathname],
  ['over a link', () => Promise.resolve('')],
];
const linkOf = (place: string): string => (place === 'over a link' ? '&latency=1' : '');

test.each(places)(
  '%s, the server declines an unacceptable offer of permessage-deflate and takes the next in the list',
  async (place, open) => {
    await using running = await startServer();
    const base = await open(running.origin);
    const agreed = async (offers: string, compress: string): Promise<[number, string | undefined]> => {
      const target = `${base}/echo?compress=${compress}${linkOf(place)}`;
      const { status, field } = await fields(target, offers);
      return [status, field];
    };
    const fields = async (target: string, offers: string) => {
      const client = await answerTo(running.port, target, { 'Sec-WebSocket-Extensions': offers });
      return { status: client.status, field: client.field('sec-websocket-extensions') };
    };
    const declined = [101, undefined];
    expect(await agreed('permessage-deflate; unknown=1', 'takeover')).toEqual(declined);
    expect(await agreed('permessage-deflate; server_max_window_bits=7', '1')).toEqual(declined);
    expect(await agreed('permessage-deflate; server_max_window_bits=9', 'takeover')).toEqual([
      101,
      'permessage-deflate; server_max_window_bits=9',
    ]);
    expect(await agreed('permessage-deflate; server_max_window_bits=7, permessage-deflate', 'takeover')).toEqual([
      101,
      'permessage-deflate; server_max_window_bits=12',
    ]);
  },
);

const wrong: [string, Record<string, string | undefined>, number][] = [
  ['a list of extensions that breaks the grammar', { 'Sec-WebSocket-Extensions': 'permessage-deflate; =1' }, 400],
  ['an empty list of extensions', { 'Sec-WebSocket-Extensions': '' }, 400],
  ['a list of subprotocols that breaks the grammar', { 'Sec-WebSocket-Protocol': 'a,,b' }, 400],
  ['a subprotocol that is named twice', { 'Sec-WebSocket-Protocol': 'a, b, a' }, 400],
  ['a wrong key', { 'Sec-WebSocket-Key': 'short' }, 400],
  ['another version', { 'Sec-WebSocket-Version': '8' }, 426],
];

test.each(places)('%s, every refusal of an opening handshake has the same fields and a plain sentence', async (place, open) => {
  await using running = await startServer();
  const base = await open(running.origin);
  for (const address of ['/echo?compress=takeover', '/echo?compress=0']) {
    for (const [what, fields, status] of wrong) {
      const answer = await answerTo(running.port, `${base}${address}${linkOf(place)}`, fields);
      expect([
        what,
        answer.status,
        answer.field('content-type'),
        answer.field('cache-control'),
        answer.field('x-content-type-options'),
      ]).toEqual([what, status, 'text/plain; charset=utf-8', 'no-store', 'nosniff']);
    }
  }
});

test('a refusal by `ws` itself, of a request that nothing has checked before, has these fields too', async () => {
  const [near, far] = duplexPair();
  const headers = { upgrade: 'websocket', 'sec-websocket-version': '13', 'sec-websocket-key': 'short' };
  const request = { method: 'GET', headers } as unknown as IncomingMessage;
  const answerer = new HandshakeAnswerer(resolveOptions({}), { closeTimeout: 1000, compress: 'none' });
  answerer.answer(request, far, Buffer.alloc(0), () => expect.unreachable());
  const answer = await text(near);
  expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n[^]*Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n/);
  expect(answer).toMatch(/\r\n\r\nMissing or invalid Sec-WebSocket-Key header\.\n$/);
});
