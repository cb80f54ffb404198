import type { Socket } from 'node:net';
import { deflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { encodeFrame, Opcode } from '../../protocol/wire/frame.ts';
import { lengthOf } from '../../scripts/test/thorough.ts';
import { handshakeRequest, RawClient } from '../conformance/raw-client.ts';
import { type Client, connect } from '../testing/client.ts';
import { amongHonest } from './base-line.ts';

const raw = (client: Client): Socket => (client.socket as unknown as { _socket: Socket })._socket;
const key = Uint8Array.of(1, 2, 3, 4);
const many = (count: number, address: string): Promise<Client[]> =>
  Promise.all(Array.from({ length: count }, () => connect(address)));
const codes = async (clients: readonly Client[]): Promise<number[]> =>
  (await Promise.all(clients.map(({ closed }) => closed))).map(({ code }) => code);

/** How many clients flood at a time. */
const crowd = lengthOf({ sample: 10, whole: 60 });

test(`among ${crowd} flooders 40 honest clients get every echo, and each flooder is closed with 1008`, () =>
  amongHonest(40, {}, async ({ origin }) => {
    const flooders = await many(crowd, `${origin}/echo`);
    for (const { socket } of flooders) for (let i = 0; i < 2000; i++) socket.send('x'.repeat(200));
    expect(await codes(flooders)).toEqual(Array(crowd).fill(1008));
  }));

test('honest members of a room with a flooder get every honest message in order', () =>
  amongHonest(8, {}, async ({ origin }) => {
    const members = await many(10, `${origin}/broadcast/hall`);
    const [speaker] = members as [Client];
    const flooder = await connect(`${origin}/broadcast/hall?self=0`);
    for (let i = 0; i < 2000; i++) flooder.socket.send('flood');
    const words = Array.from({ length: 30 }, (_, i) => `word ${i}`);
    for (const word of words) speaker.socket.send(word);
    for (const { messages } of members) {
      await messages.first((text) => text === words.at(-1));
      expect(messages.all.filter((text) => text !== 'flood')).toEqual(words);
    }
    expect((await flooder.closed).code).toBe(1008);
    await Promise.all(members.map((member) => member.close()));
  }));

test('a message of 64 KiB is echoed, and one byte more closes with 1009, while others are served', () =>
  amongHonest(8, {}, async ({ origin }) => {
    const senders = await many(10, `${origin}/echo`);
    for (const { socket, messages } of senders) {
      socket.send(Buffer.alloc(65_536));
      expect((await messages.next()).length).toBe(2 * 65_536);
      socket.send(Buffer.alloc(65_537));
    }
    expect(await codes(senders)).toEqual(Array(10).fill(1009));
  }));

test('a thousand tiny fragments close the connection with 1008, while others are served', () =>
  amongHonest(8, {}, async ({ origin }) => {
    const senders = await many(10, `${origin}/echo`);
    for (const { socket } of senders) for (let i = 0; i < 1000; i++) socket.send('x', { fin: false });
    expect(await codes(senders)).toEqual(Array(10).fill(1008));
  }));

test('an unfinished message keeps its connection open only while the client answers pings', () =>
  amongHonest(8, { pingAfter: 0.1, deadAfter: 1 }, async ({ origin }) => {
    const dead = await Promise.all(Array.from({ length: 20 }, () => connect(`${origin}/echo`, { autoPong: false })));
    const alive = await connect(`${origin}/echo`);
    const frame = encodeFrame({ opcode: Opcode.binary, payload: new Uint8Array(60_000), maskingKey: key });
    for (const client of dead) raw(client).write(frame.subarray(0, 30_000));
    alive.socket.send('begun, ', { fin: false });
    expect(await codes(dead)).toEqual(Array(20).fill(1006));
    for (let i = 0; i < 3; i++) await alive.pings.next();
    alive.socket.send('and finished', { fin: true });
    expect(await alive.messages.next()).toBe('begun, and finished');
    await alive.close();
  }));

test('a zip bomb of 64 MiB, whole or in fragments, closes the connection with 1009 and a sentence, while others are served', () =>
  amongHonest(8, {}, async ({ port }) => {
    const bomb = deflateRawSync(Buffer.alloc(64 * 2 ** 20), { level: 9 });
    // Compressed, all of it is within the limit.
    expect(bomb.length).toBeLessThan(65_536);
    for (const size of [bomb.length, 16_000]) {
      const client = await RawClient.open(port);
      const fields = { 'Sec-WebSocket-Extensions': 'permessage-deflate' };
      await client.send([Buffer.from(handshakeRequest('/echo?compress=1', fields))], 'whole');
      await client.until(() => client.head !== undefined, 20_000);
      expect(client.field('sec-websocket-extensions')).toContain('permessage-deflate');
      const frames: Uint8Array[] = [];
      for (let at = 0; at < bomb.length; at += size) {
        const [rsv1, fin] = [at === 0, at + size >= bomb.length];
        const opcode = rsv1 ? Opcode.binary : Opcode.continuation;
        frames.push(encodeFrame({ opcode, rsv1, fin, payload: bomb.subarray(at, at + size), maskingKey: key }));
      }
      await client.send(frames, 'whole');
      await client.until(() => client.frames.length > 0, 20_000);
      const { opcode, payload } = client.frames[0] ?? { opcode: -1, payload: Buffer.alloc(2) };
      expect([opcode, Buffer.from(payload).readUInt16BE()]).toEqual([Opcode.close, 1009]);
      expect(Buffer.from(payload).toString('utf8', 2)).toMatch(/65536 bytes/);
      client.destroy();
    }
  }));

test('the server closes floods of pings with 1008, and sends no more pongs than the limit allows', () =>
  amongHonest(8, {}, async ({ origin }) => {
    const began = performance.now();
    const flooders = await many(crowd, `${origin}/echo`);
    for (const { socket } of flooders) for (let i = 0; i < 2000; i++) socket.ping('x'.repeat(125));
    expect(await codes(flooders)).toEqual(Array(crowd).fill(1008));
    // The limit is 100 at once and 50 a second, for however long it took.
    const most = 100 + (50 * (performance.now() - began)) / 1000;
    for (const { pongs } of flooders) expect(pongs.all.length).toBeLessThanOrEqual(most);
  }));

test('the server closes 20 readers that never read with 1013, never queues more for them than it may, and another reader misses nothing', () =>
  // Their Close is queued behind what they have not read, so the test has them read in the end.
  amongHonest(8, { maxQueueBytes: 200_000, messagesPerSecond: 0, closeTimeout: 60 }, async ({ origin, figure }) => {
    const room = `${origin}/broadcast/library`;
    const speaker = await connect(`${room}?self=0`);
    const reader = await connect(room);
    const stuck = await many(20, room);
    for (const client of stuck) raw(client).pause();
    const page = Buffer.alloc(60_000);
    let sent = 0;
    let [most, last] = [0, -1];
    // Go on until the server has told all of them to go, and so queues nothing more for them.
    for (let now = 0; now === 0 || now !== last || sent < 40;) {
      last = now;
      for (let i = 0; i < 10; i++, sent++) {
        speaker.socket.send(page);
        await reader.messages.next();
      }
      now = await figure('queued_bytes');
      most = Math.max(most, now);
    }
    expect(most).toBeLessThan(20 * (200_000 + page.length) + 200_000);
    for (const client of stuck) raw(client).resume();
    expect(await codes(stuck)).toEqual(Array(20).fill(1013));
    expect(reader.messages.all).toHaveLength(sent);
    await Promise.all([speaker.close(), reader.close()]);
  }));
