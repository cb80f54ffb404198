import { expect, test } from 'vitest';
import { connect as openSocket } from 'node:net';
import { once } from 'node:events';
import type { TraceEvent } from '../../protocol/trace/trace.ts';
import { connect, startServer, watch } from '../testing/client.ts';
import { Concealer } from './conceal.ts';

const session = 'k3jf9-k3jf9-k3jf9-k3jf';

test('keeps the length of a head: stars replace values that tell who asks, and names and all other fields stay', () => {
  const head = [
    `GET /s/${session}.A1/echo?x=1 HTTP/1.1`,
    'Host: play.example',
    'X-Auth-User: Ada Lovelace',
    'x-forwarded-for:10.0.0.7',
    'COOKIE:  a=1; b=2',
    'Origin: https://play.example',
    'X-Folded: 1',
    '  2',
    'Via: 1.1 a,',
    '\t1.1 b',
    'X-Authors: none',
    `Referer: https://play.example/s/${session}/x`,
  ].join('\r\n');
  const concealed = new Concealer().head(head, session);
  expect(concealed.head).toBe(
    [
      `GET /s/${'*'.repeat(22)}.A1/echo?x=1 HTTP/1.1`,
      'Host: play.example',
      'X-Auth-User: *** ********',
      'x-forwarded-for:********',
      'COOKIE:  **** ***',
      'Origin: https://play.example',
      'X-Folded: 1',
      '  2',
      'Via: *** **',
      '\t*** *',
      'X-Authors: none',
      `Referer: https://play.example/s/${'*'.repeat(22)}/x`,
    ].join('\r\n'),
  );
  expect(concealed.head).toHaveLength(head.length);
  expect(concealed.leftOut).toBe([...concealed.head].filter((character) => character === '*').length);
});

test.each([
  'Authorization',
  'X-Real-IP',
  'CF-Connecting-IP',
  'Cf-Access-Jwt-Assertion',
  'Remote-User',
  'Remote_User',
  'X-Api-Key',
  'X-Access-Token',
  'X-CSRF-Token',
  'X-Forwarded-Email',
  'Forwarded',
  'X-Request-Id',
])('leaves out the value of %s, whatever the case of its name', (name) => {
  for (const written of [name, name.toLowerCase(), name.toUpperCase()])
    expect(new Concealer().head(`GET / HTTP/1.1\r\n${written}: secret`, session).head).toBe(
      `GET / HTTP/1.1\r\n${written}: ******`,
    );
});

/** Fields that a proxy adds, and a browser's cookie. */
const added = {
  'X-Auth-User': 'ada@school.example',
  'X-School': 'class 7b',
  Cookie: 'login=sesame',
  'X-Forwarded-For': '10.1.2.3',
};
const secrets = [...Object.values(added), 'sesame'];

test('a tap hides the session and who asks in a handshake and in an exchange, and keeps the lengths of the wire', async () => {
  await using running = await startServer({ hideFields: 'x-school' });
  const watched = await watch(running.origin);
  const name = new URL(watched.base).pathname.split('/')[2] ?? '';
  const client = await connect(`${watched.base}.A1/echo`, { headers: added });
  const { port } = new URL(running.origin);
  const fields = Object.entries(added).map(([field, value]) => `${field}: ${value}\r\n`);
  const body = `a body may say ${name}`;
  const request = `POST /s/${name}.A2.0/messages/x HTTP/1.1\r\nHost: localhost\r\n${fields.join('')}Content-Length: ${body.length}\r\n\r\n${body}`;
  const socket = openSocket(Number(port), '127.0.0.1');
  socket.write(request);
  await once(socket, 'data');

  const handshake = await watched.event('handshake_sent', { direction: 'client-to-server' });
  const sent = await watched.event('request_sent');
  const started = await watched.event('exchange_started');
  const text = (hex = ''): string => Buffer.from(hex, 'hex').toString('latin1');
  expect(text(handshake.bytes)).toMatch(/^GET \/s\/\*{22}\.A1\/echo HTTP\/1\.1\r\n/);
  expect(started.target).toBe(`/s/${'*'.repeat(22)}.A2.0/messages/x`);
  expect([sent.length, text(sent.bytes).length]).toEqual([request.length, request.length]);
  // The tap shows what the program itself sent as it was.
  expect(text(sent.bytes).split('\r\n\r\n')[1]).toBe(body);
  expect(sent.leftOut).toBe(text(sent.bytes).split('*').length - 1);
  const heads = [text(handshake.bytes), text(sent.bytes).split('\r\n\r\n')[0]].join();
  for (const secret of [...secrets, name]) expect(heads).not.toContain(secret);
  expect(heads).toContain('X-Auth-User: ');
  await client.close();
  socket.destroy();
});

test('a tap also hides the session for a second connection by /raw, and for a name that is no room', async () => {
  await using running = await startServer();
  const watched = await watch(running.origin);
  const name = new URL(watched.base).pathname.split('/')[2] ?? '';
  const raw = await connect(`${watched.base}.A1/raw`);
  await watched.event('connection_opened', { connection: 'rawA1', at: 'server' });
  const refused = await fetch(`${watched.base}.A2.0/poll/~a%20b`);
  expect(await refused.text()).toContain('"channel" is "~a b";');
  expect((await fetch(`${watched.base}.A3.0/poll/~${'x'.repeat(63)}`)).status).toBe(200);
  await watched.event('exchange_ended', { connection: 'A3' });
  const all = watched.events.all.map((event: TraceEvent) => JSON.stringify(event)).join('');
  const hex = Buffer.from(name).toString('hex');
  expect([all.includes(name), all.includes(hex)]).toEqual([false, false]);
  await raw.close();
});
