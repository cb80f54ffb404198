import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { handshakeRequest } from '../conformance/raw-client.ts';
import { startServer } from '../testing/client.ts';
import { exchangeBytes } from '../testing/raw-http.ts';
import { newSession } from '../testing/new-session.ts';

const request = (fields: string): string => `GET /healthz HTTP/1.1\r\n${fields}Connection: close\r\n\r\n`;
const twoHosts = 'The request has 2 Host fields; it takes one (RFC 9112, section 3.2).\n';

test.each([
  ['one after the other', 'Host: a.example\r\nHost: b.example\r\n'],
  ['the same twice', 'Host: a.example\r\nHost: a.example\r\n'],
  ['apart, and in other letters', 'Host: a.example\r\nAccept: */*\r\nhOST: b.example\r\n'],
])('two Host fields, %s, are answered 400 with a sentence, and the connection ends', async (_, fields) => {
  await using running = await startServer();
  const answer = await exchangeBytes(running.port, request(fields));
  expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
  expect(answer).toContain(`\r\n\r\n${twoHosts}`);
  const behind = await exchangeBytes(running.port, request(fields).replace('close', 'keep-alive') + request('Host: x\r\n'));
  expect(behind.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 400']);
});

test('refuses an upgrade with two Host fields in the same way, even in a session', async () => {
  await using running = await startServer();
  const session = await newSession(running.origin);
  for (const target of ['/echo', `/s/${session}/echo`, `/s/${session}/tap`]) {
    const bytes = handshakeRequest(target).replace('\r\nUpgrade', '\r\nHost: other.example\r\nUpgrade');
    const answer = await exchangeBytes(running.port, bytes);
    expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(answer).toContain(`\r\n\r\n${twoHosts}`);
  }
});

test.each(['a b', 'a@b', 'http://a', 'a/b', 'a:b', '[::1', '\u00e4'])('a Host that is "%s" is answered 400', async (host) => {
  await using running = await startServer();
  expect(await exchangeBytes(running.port, request(`Host: ${host}\r\n`))).toMatch(
    /^HTTP\/1\.1 400 [^]*\r\n\r\nThe Host field is not a host and a port/,
  );
});

test.each(['localhost', 'localhost:4321', '127.0.0.1:80', '[::1]:4321', '[fe80::1]', 'xn--bcher-kva.example:', '_x.a-b.c', ''])(
  'a Host that is "%s" is accepted',
  async (host) => {
    await using running = await startServer({ allowHost: '*' });
    expect(await exchangeBytes(running.port, request(`Host: ${host}\r\n`))).toMatch(/^HTTP\/1\.1 200 /);
  },
);

test.each([
  ['no HTTP', 'hello\r\n\r\n', 400, 'This is not an HTTP/1.1 request (RFC 9112).\n'],
  ['a field without a colon', 'GET / HTTP/1.1\r\nHost: x\r\nfield\r\n\r\n', 400, 'This is not an HTTP/1.1 request (RFC 9112).\n'],
  ['a field with a NUL', 'GET / HTTP/1.1\r\nHost: x\r\na: \0\r\n\r\n', 400, 'This is not an HTTP/1.1 request (RFC 9112).\n'],
  [
    'a head of 20,000 bytes',
    `GET / HTTP/1.1\r\nHost: x\r\na: ${'x'.repeat(20_000)}\r\n\r\n`,
    431,
    'The head of the request is longer than 16384 bytes, the most this server reads, or has too many fields.\n',
  ],
  [
    'both lengths',
    'POST /sessions HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n',
    400,
    'This is not an HTTP/1.1 request (RFC 9112).\n',
  ],
  [
    'chunk extensions of 20,000 bytes',
    `POST /messages/x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1;${'x'.repeat(20_000)}\r\n`,
    413,
    'The chunks of the body have extensions longer than this server reads.\n',
  ],
  ['no Host', 'GET /healthz HTTP/1.1\r\n\r\n', 400, 'The request has no Host field (RFC 9112, section 3.2).\n'],
  [
    'CONNECT',
    'CONNECT a.example:443 HTTP/1.1\r\nHost: a.example:443\r\n\r\n',
    405,
    'This server is not a proxy: it does not take CONNECT.\n',
  ],
])('%s gets a sentence with the headers of every answer, and the connection ends', async (_, bytes, status, sentence) => {
  await using running = await startServer();
  const answer = await exchangeBytes(running.port, bytes);
  expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  expect(answer).toMatch(/\r\nX-Content-Type-Options: nosniff\r\n/);
  expect(answer).toMatch(/\r\nCache-Control: no-store\r\n/);
  expect(answer).toMatch(/\r\nConnection: close\r\n/);
  expect(answer.slice(answer.indexOf('\r\n\r\n') + 4)).toBe(sentence);
});

test('an unfinished request gets 408 and a sentence', async () => {
  await using running = await startServer({ handshakeTimeout: 1 });
  for (const bytes of ['GET /healthz HTTP/1.1\r\nHost', 'POST /messages/x HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhel']) {
    const answer = await exchangeBytes(running.port, bytes);
    expect(answer).toMatch(/^HTTP\/1\.1 408 [^]*\r\n\r\nThe request did not arrive in time\.\n$/);
  }
  expect(running.server.stats().connections).toBe(0);
});

test('unreadable bytes after a request add nothing to an answer that has begun', async () => {
  await using running = await startServer();
  const socket = connect(running.port, '127.0.0.1');
  let came = '';
  socket.on('data', (chunk: Buffer) => (came += chunk.toString()));
  socket.on('error', () => undefined);
  socket.write('GET /events/ticker HTTP/1.1\r\nHost: x\r\n\r\n');
  await once(socket, 'data');
  socket.write('nonsense\r\n\r\n');
  await once(socket, 'close');
  expect(came.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200']);
});

test('a host in the target counts, whatever the Host field says', async () => {
  await using running = await startServer();
  const asked = (target: string, host: string): Promise<string> =>
    exchangeBytes(running.port, `GET ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
  expect(await asked('http://localhost/healthz', 'evil.example')).toMatch(/^HTTP\/1\.1 200 /);
  expect(await asked('http://evil.example/healthz', 'localhost')).toMatch(
    /^HTTP\/1\.1 403 [^]*This server is not known as "evil\.example"/,
  );
  expect(await asked('http://a b@c/healthz', 'localhost')).toMatch(/^HTTP\/1\.1 400 /);
  expect(await asked('http://user@localhost/healthz', 'localhost')).toMatch(/^HTTP\/1\.1 400 /);
});

test('an expectation that is not 100-continue is answered 417 with a sentence and the fields of every answer', async () => {
  await using running = await startServer();
  expect(await exchangeBytes(running.port, request('Host: localhost\r\nExpect: 200-ok\r\n'))).toMatch(
    /^HTTP\/1\.1 417 [^]*X-Content-Type-Options: nosniff[^]*\r\n\r\nThe only Expect field/,
  );
});
