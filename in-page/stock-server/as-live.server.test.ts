/** The same bytes to the live server and to the stock server: the answers are the same. */
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startServer } from '../../sandbox-server/testing/client.ts';
import { newSession } from '../../sandbox-server/testing/new-session.ts';
import { encodeFrame, type FrameFields, Opcode } from '../../protocol/wire/frame.ts';
import { runStock } from './testing/run-stock.ts';

const upgrade = ['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13'];
const key = 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==';
const request = (start: string, ...fields: string[]): Buffer =>
  Buffer.from([`${start} HTTP/1.1`, ...fields, '\r\n'].join('\r\n'));
const open = (target: string, ...fields: string[]): Buffer =>
  request(`GET ${target}`, 'Host: localhost', ...upgrade, key, ...fields);
const ask = (start: string, ...fields: string[]): Buffer => request(start, 'Host: localhost', 'Connection: close', ...fields);

const maskingKey = Uint8Array.of(1, 2, 3, 4);
const frame = (opcode: number, payload: string | Uint8Array = '', more: Partial<FrameFields> = {}): Uint8Array =>
  encodeFrame({ opcode, payload: Buffer.from(payload as string), maskingKey, ...more });
const close = frame(Opcode.close, Uint8Array.of(3, 232, 98, 121, 101));

/** Returns what the live server answers until it ends its side. */
async function live(port: number, bytes: Uint8Array): Promise<Buffer> {
  const socket = connect(port, '127.0.0.1');
  socket.write(bytes);
  const pieces: Buffer[] = [];
  for await (const piece of socket) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

/** Returns what the stock server answers until it ends its side. */
async function stock(bytes: Uint8Array): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  const { errors, rest } = await runStock({
    A: ({ network }) => {
      const socket = network.connect(4321);
      socket.onData = (piece) => void pieces.push(piece);
      socket.onEnd = () => socket.end();
      socket.write(bytes);
    },
  });
  expect([errors, rest]).toEqual([[], 'quiet']);
  return Buffer.concat(pieces);
}

/** Returns an answer as text, a byte to a character, without the time of day. */
const shown = (answer: Buffer): string => answer.toString('latin1').replace(/Date: [^\r]*/, 'Date: …');

const after = (target: string, ...frames: Uint8Array[]): Uint8Array => Buffer.concat([open(target), ...frames]);

const conversations: [what: string, bytes: Uint8Array][] = [
  ['an echo', after('/echo', frame(Opcode.text, 'Grüße'), frame(Opcode.binary, Uint8Array.of(1, 2)), close)],
  ['a Close without a code', after('/echo', frame(Opcode.close))],
  ['the first of two protocols', Buffer.concat([open('/echo', 'Sec-WebSocket-Protocol: chat, other'), close])],
  ['a message in fragments', after('/echo', frame(Opcode.text, 'a', { fin: false }), frame(Opcode.continuation, 'b'), close)],
  ['a ping among fragments', after('/echo?pong=1', frame(Opcode.text, 'a', { fin: false }), frame(Opcode.ping, 'p'), close)],
  ['pings left without pongs', after('/echo?pong=0', frame(Opcode.ping, 'p'), frame(Opcode.text, 'a'), close)],
  ['an answer in frames of four bytes', after('/echo?fragment=4&ping=1', frame(Opcode.text, 'twelve bytes'), close)],
  ['an answer in at most 256 frames', after('/echo?fragment=1', frame(Opcode.binary, new Uint8Array(300)), close)],
  ['an empty answer in frames', after('/echo?fragment=1&ping=1', frame(Opcode.text), close)],
  [
    'lengths in 16 and 64 bits',
    after('/echo', frame(Opcode.binary, new Uint8Array(126)), frame(Opcode.binary, new Uint8Array(65_536)), close),
  ],
  ['a sink', after('/sink', frame(Opcode.text, 'ü'), frame(Opcode.binary, 'abc'), close)],
  ['ticks', open('/ticker?every=10&count=3&close=1')],
  ['a Close with a reason', open('/close?code=4321&reason=gr%C3%BC%C3%9Fe')],
  ['a key told', after('/handshake', close)],
  ['a room', after('/broadcast/room', frame(Opcode.text, 'a'), frame(Opcode.binary, 'b'), close)],
  [
    'a half-duplex channel',
    after('/half-duplex/x?air=100', frame(Opcode.text, '{"type":"request"}'), frame(Opcode.text, 'no'), close),
  ],
  ['a frame without a mask', after('/echo', frame(Opcode.text, 'a', { maskingKey: undefined }))],
  ['a reserved bit', after('/echo', frame(Opcode.text, 'a', { rsv2: true }))],
  ['an unknown opcode', after('/echo', frame(3, 'a'))],
  ['a continuation of nothing', after('/echo', frame(Opcode.continuation, 'a'))],
  ['a ping in fragments', after('/echo', frame(Opcode.ping, 'a', { fin: false }))],
  ['a length in too long a form', after('/echo', Uint8Array.of(0x81, 0xfe, 0, 1, 0, 0, 0, 0, 65))],
  ['a Close with one byte', after('/echo', frame(Opcode.close, 'a'))],
  ['a Close with 1005', after('/echo', frame(Opcode.close, Uint8Array.of(3, 0xed)))],
  ['a Close with a reason that is no text', after('/echo', frame(Opcode.close, Uint8Array.of(3, 0xe8, 0xff)))],
  ['text that is no UTF-8', after('/echo', frame(Opcode.text, Uint8Array.of(0xff)))],
  ['a first fragment that is no UTF-8', after('/echo', frame(Opcode.text, Uint8Array.of(0xff), { fin: false }))],
  ['a message too long', after('/echo', frame(Opcode.binary, new Uint8Array(65_537)))],
  [
    'fragments too many',
    after('/echo', frame(Opcode.text, 'a', { fin: false }), ...Array.from({ length: 256 }, () => frame(0, 'a', { fin: false }))),
  ],
  ['messages too many', after('/sink', ...Array.from({ length: 101 }, () => frame(Opcode.text, 'a')))],
  ['a crowd that is no JSON', after('/crowd', frame(Opcode.text, 'no'), close)],
  ['raw bytes that are text', after('/raw', frame(Opcode.text, 'no'), close)],
  ['a wrong parameter', open('/ticker?every=1')],
  ['a wrong link', open('/echo?latency=10001')],
  ['a wrong bandwidth', open('/raw?bandwidth=99')],
  ['a wrong behaviour', open('/echo?pingevery=1')],
  ['a wrong name of a room', open('/broadcast/a%20b')],
  ['a WebSocket where there is HTTP', open('/poll/x')],
  ['no key', request('GET /echo', 'Host: localhost', ...upgrade)],
  [
    'an old version',
    request('GET /echo', 'Host: localhost', 'Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 8', key),
  ],
  ['a protocol twice', open('/echo', 'Sec-WebSocket-Protocol: a, a')],
  ['a poll of a channel that is empty', ask('GET /poll/empty?after=0')],
  ['a long poll in vain', ask('GET /long-poll/x?timeout=100&after=0')],
  ['a POST to a poll', ask('POST /poll/x', 'Content-Length: 0')],
  ['a preflight', ask('OPTIONS /messages/x')],
];

let running: Awaited<ReturnType<typeof startServer>>;
beforeAll(async () => void (running = await startServer({ closeTimeout: 0.1 })));
afterAll(() => running[Symbol.asyncDispose]());

test.each(conversations)('%s: the answer is the live server’s, byte for byte', async (_, bytes) => {
  const answer = shown(await live(running.port, bytes));
  expect(answer).toMatch(/^HTTP\/1\.1 \d+/);
  expect(shown(await stock(bytes))).toBe(answer);
});

test.each([
  ['a wrong id', '/poll/x?after=me', []],
  ['a wrong id, asked as JSON', '/poll/x?after=me', ['Accept: application/json']],
  ['a wrong number', '/events/ticker?every=1', []],
  ['a wrong link', '/long-poll/x?duplex=both', []],
  ['a WebSocket’s address', '/echo', []],
])('%s over HTTP: the answer is that of the live server in a session, byte for byte', async (_, target, fields) => {
  const session = await newSession(running.origin);
  const answer = shown(await live(running.port, ask(`GET /s/${session}.A1.0${target}`, ...fields)));
  expect(answer).toMatch(/^HTTP\/1\.1 4\d\d/);
  expect(shown(await stock(ask(`GET ${target}`, ...fields)))).toBe(answer);
});
