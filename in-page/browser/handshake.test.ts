import { describe, expect, test } from 'vitest';
import { parseHttpHead, toBase64 } from '../../protocol/wire/handshake.ts';
import { converse, granting, listen } from './testing/by-hand.ts';
import { userAgent } from './opening-handshake.ts';

test('asks as a browser does', async () => {
  let asked = '';
  await converse(({ WebSocket }) => void new WebSocket('chat?room=1', ['v2', 'v1']), {
    answer: (request) => granting((asked = request), 'Sec-WebSocket-Protocol: v1'),
  });
  const { startLine, fields } = parseHttpHead(asked);
  expect(startLine).toBe('GET /lessons/chat?room=1 HTTP/1.1');
  expect(fields.map(({ name, value }) => `${name}: ${value}`)).toEqual([
    'Host: localhost:8080',
    'Connection: Upgrade',
    'Pragma: no-cache',
    'Cache-Control: no-cache',
    `User-Agent: ${userAgent}`,
    'Upgrade: websocket',
    'Origin: http://localhost:8080',
    'Sec-WebSocket-Version: 13',
    'Accept-Encoding: gzip, deflate, br',
    'Accept-Language: en',
    `Sec-WebSocket-Key: ${toBase64(Uint8Array.from({ length: 16 }, (_, i) => i))}`,
    'Sec-WebSocket-Protocol: v2, v1',
  ]);
  expect(asked.endsWith('\r\n\r\n')).toBe(true);
});

const failed = ['error 3', 'close 3 1006 - false'];

describe('fails the connection, without open, where the answer', () => {
  const replaced = (what: RegExp, by: string) => (request: string) => granting(request).replace(what, by);
  const asked = ['chat', 'v2'];
  test.for<[string, (request: string) => string, string[]?]>([
    ['is not 101', replaced(/101 Switching Protocols/, '200 OK')],
    ['redirects', () => 'HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\n\r\n'],
    ['is HTTP/1.0', replaced(/1\.1/, '1.0')],
    ['has no Upgrade', replaced(/Upgrade: websocket\r\n/, '')],
    ['has another Upgrade', replaced(/: websocket/, ': h2c')],
    ['has no Connection', replaced(/Connection: Upgrade\r\n/, '')],
    ['has a Connection without upgrade', replaced(/Connection: Upgrade/, 'Connection: keep-alive')],
    ['has no Accept', replaced(/Sec-WebSocket-Accept: .*\r\n/, '')],
    ['has the Accept of another key', replaced(/Accept: ./, 'Accept: !')],
    ['has an extension', (request) => granting(request, 'Sec-WebSocket-Extensions: permessage-deflate')],
    ['has a protocol nobody asked for', (request) => granting(request, 'Sec-WebSocket-Protocol: v9')],
    ['has a protocol in other case', (request) => granting(request, 'Sec-WebSocket-Protocol: CHAT'), asked],
    ['names a protocol twice', (request) => granting(request, ...asked.map(() => 'Sec-WebSocket-Protocol: chat')), asked],
    ['names two protocols', (request) => granting(request, 'Sec-WebSocket-Protocol: chat, v2'), asked],
    ['names no protocol though some were asked for', granting, asked],
  ])('%s', async ([, answer, protocols = []]) => {
    const { log, events } = await converse(
      ({ WebSocket, log }) => void listen(new WebSocket('/', protocols), log),
      { answer },
      { latency: 20 },
    );
    expect(log).toEqual(failed);
    const seen = events.filter(({ at }) => at === 'client').map(({ name }) => name);
    expect(seen).toEqual(['connection_started', 'connection_closed']);
  });
});

test('takes an answer in any case, with other tokens of Connection, and the protocol that the server chose', async () => {
  const { log } = await converse(
    ({ WebSocket, log }) => {
      const ws = listen(new WebSocket('/', ['v2', 'chat']), log);
      ws.addEventListener('open', () => {
        log.push(ws.protocol, ws.extensions);
        ws.close(1000);
      });
    },
    {
      answer: (request) =>
        granting(request, 'sec-websocket-protocol: chat')
          .replace('Upgrade: websocket', 'UPGRADE: WebSocket')
          .replace('Connection: Upgrade', 'connection: keep-alive, UPGRADE'),
    },
  );
  expect(log).toEqual(['open 1', 'chat', '', 'close 3 1000 - true']);
});

test('a port on which nobody listens is an error and a close with 1006, each state as it should be', async () => {
  const { log, events } = await converse(({ WebSocket, log }) => {
    const ws = listen(new WebSocket('ws://localhost:9090/'), log);
    log.push(String(ws.readyState));
  });
  expect(log).toEqual(['0', ...failed]);
  expect(events).toMatchObject([
    { name: 'connection_started', connection: 'A1', url: 'ws://localhost:9090/' },
    { name: 'connection_closed', connection: 'A1', code: 1006, reason: '', wasClean: false },
  ]);
});

test('close before the answer fails the connection in a later task', async () => {
  const { log, frames } = await converse(
    ({ WebSocket, log }) => {
      const ws = listen(new WebSocket('/'), log);
      ws.close(1000, 'never mind');
      log.push(String(ws.readyState));
      ws.send('kept');
      log.push(String(ws.bufferedAmount));
    },
    {},
    { latency: 20 },
  );
  expect(log).toEqual(['2', '4', ...failed]);
  expect(frames).toEqual([]);
});

test('a server that ends TCP without an answer, or in the middle of one, fails the connection', async () => {
  for (const answer of [() => '', () => 'HTTP/1.1 101 Switching']) {
    const { log } = await converse(({ WebSocket, log }) => void listen(new WebSocket('/'), log), {
      answer,
      onOpen: ({ socket }) => socket.end(),
    });
    expect(log).toEqual(failed);
  }
});
