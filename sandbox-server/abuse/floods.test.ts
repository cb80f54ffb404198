import type { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { encodeFrame, Opcode } from '../../protocol/frame.ts';
import { type Client, connect } from '../testing/client.ts';
import { startWatchedServer } from './base-line.ts';

const raw = (client: Client): Socket => (client.socket as unknown as { _socket: Socket })._socket;
const key = Uint8Array.of(1, 2, 3, 4);
const many = (count: number, address: string): Promise<Client[]> =>
  Promise.all(Array.from({ length: count }, () => connect(address)));

test('among 10 flooders 40 honest clients get every echo, and each flooder is closed with 1008', async () => {
  await using running = await startWatchedServer();
  const honest = await many(40, `${running.origin}/echo`);
  const flooders = await many(10, `${running.origin}/echo`);
  for (const { socket } of flooders) for (let i = 0; i < 2000; i++) socket.send('x'.repeat(200));
  await Promise.all(
    honest.map(async ({ socket, messages }, n) => {
      for (let i = 0; i < 20; i++) {
        socket.send(`${n}: ${i}`);
        expect(await messages.next()).toBe(`${n}: ${i}`);
      }
    }),
  );
  const endings = await Promise.all(flooders.map(({ closed }) => closed));
  expect(endings.map(({ code }) => code)).toEqual(Array(10).fill(1008));
  expect((await Promise.all(honest.map((client) => client.close()))).every(({ code }) => code === 1000)).toBe(true);
  await running.backToBaseLine();
});

test('in a room with a flooder the honest members get every honest message in its order', async () => {
  await using running = await startWatchedServer();
  const members = await many(10, `${running.origin}/broadcast/hall`);
  const [speaker] = members as [Client];
  const flooder = await connect(`${running.origin}/broadcast/hall?self=0`);
  for (let i = 0; i < 2000; i++) flooder.socket.send('flood');
  const words = Array.from({ length: 30 }, (_, i) => `word ${i}`);
  for (const word of words) speaker.socket.send(word);
  for (const { messages } of members) {
    await messages.first((text) => text === words.at(-1));
    expect(messages.all.filter((text) => text !== 'flood')).toEqual(words);
    expect(messages.all.length - words.length).toBeLessThan(150);
  }
  expect((await flooder.closed).code).toBe(1008);
  await Promise.all(members.map((member) => member.close()));
  await running.backToBaseLine();
});

test('64 KiB pass and 64 KiB + 1 closes with 1009; a thousand tiny fragments close with 1008', async () => {
  await using running = await startWatchedServer();
  const [large, tiny] = (await many(2, `${running.origin}/echo`)) as [Client, Client];
  large.socket.send(Buffer.alloc(65_536));
  expect((await large.messages.next()).length).toBe(2 * 65_536);
  large.socket.send(Buffer.alloc(65_537));
  expect((await large.closed).code).toBe(1009);
  for (let i = 0; i < 1000; i++) tiny.socket.send('x', { fin: false });
  expect((await tiny.closed).code).toBe(1008);
  await running.backToBaseLine();
});

test('a message that is never finished holds its connection only while its client answers pings', async () => {
  await using running = await startWatchedServer({ pingAfter: 0.05, deadAfter: 0.05 });
  const dead = await connect(`${running.origin}/echo`, { autoPong: false });
  const alive = await connect(`${running.origin}/echo`);
  const frame = encodeFrame({ opcode: Opcode.binary, payload: new Uint8Array(60_000), maskingKey: key });
  raw(dead).write(frame.subarray(0, 30_000));
  alive.socket.send('begun, ', { fin: false });
  expect((await dead.closed).code).toBe(1006);
  for (let i = 0; i < 3; i++) await alive.pings.next();
  alive.socket.send('and finished', { fin: true });
  expect(await alive.messages.next()).toBe('begun, and finished');
  await alive.close();
  await running.backToBaseLine();
});

test('a flood of pings is closed with 1008, and has had no more pongs than the limit', async () => {
  await using running = await startWatchedServer({ messagesPerSecond: 1, messageBurst: 20 });
  const client = await connect(`${running.origin}/echo`);
  for (let i = 0; i < 5000; i++) client.socket.ping('x'.repeat(125));
  expect((await client.closed).code).toBe(1008);
  expect(client.pongs.all.length).toBeLessThanOrEqual(22);
  await running.backToBaseLine();
});

test(
  '20 readers that never read are closed with 1013 or cut, and a reader beside them misses nothing',
  { timeout: 20_000 },
  async () => {
    await using running = await startWatchedServer({ maxQueueBytes: 200_000, messagesPerSecond: 0 });
    const room = `${running.origin}/broadcast/library`;
    const speaker = await connect(`${room}?self=0`);
    const reader = await connect(room);
    const stuck = await many(20, room);
    for (const client of stuck) raw(client).pause();
    const page = Buffer.alloc(60_000);
    let sent = 0;
    while (running.server.stats().connections > 2 && sent < 600) {
      speaker.socket.send(page);
      sent++;
      await reader.messages.next();
      // By then each has been told to go; the Close stands behind what it has not read.
      if (sent === 250) for (const client of stuck) raw(client).resume();
    }
    const endings = await Promise.all(stuck.map(({ closed }) => closed));
    expect(endings.map(({ code }) => code)).toEqual(Array(20).fill(1013));
    expect(reader.messages.all).toHaveLength(sent);
    await Promise.all([speaker.close(), reader.close()]);
    await running.backToBaseLine();
  },
);
