import type { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { encodeFrame, Opcode } from '../../protocol/wire/frame.ts';
import { type Client, connect, startServer, watch } from '../testing/client.ts';

/** The same limits hold where `ws` reads the socket and where the tap does. */
const ways = [
  ['without a session', (origin: string) => Promise.resolve(origin)],
  ['within a session', async (origin: string) => (await watch(origin)).base],
] as const;

const rawSocket = (client: Client): Socket => (client.socket as unknown as { _socket: Socket })._socket;
const key = Uint8Array.of(1, 2, 3, 4);

for (const [where, baseOf] of ways) {
  test(`a message of the maximum size passes, and one byte more closes with 1009 and the reason, ${where}`, async () => {
    await using running = await startServer({ maxMessageBytes: 1000 });
    const base = await baseOf(running.origin);
    const client = await connect(`${base}/echo`);
    client.socket.send(Buffer.alloc(1000));
    expect(await client.messages.next()).toBe('00'.repeat(1000));
    client.socket.send(Buffer.alloc(1001));
    expect(await client.closed).toEqual({ code: 1009, reason: 'A message may have at most 1000 bytes here.' });
  });

  test(`fragments count together towards the longest message, ${where}`, async () => {
    await using running = await startServer({ maxMessageBytes: 1000 });
    const client = await connect(`${await baseOf(running.origin)}/echo`);
    client.socket.send(Buffer.alloc(600), { fin: false });
    client.socket.send(Buffer.alloc(600), { fin: true });
    expect(await client.closed).toEqual({ code: 1009, reason: 'A message may have at most 1000 bytes here.' });
  });

  test(`a frame announced too long is refused before it is whole, ${where}`, async () => {
    await using running = await startServer({ maxMessageBytes: 1000 });
    const client = await connect(`${await baseOf(running.origin)}/echo`);
    const frame = encodeFrame({ opcode: Opcode.binary, payload: new Uint8Array(100_000), maskingKey: key });
    rawSocket(client).write(frame.subarray(0, 2000));
    expect(await client.closed).toMatchObject({ code: 1009, reason: 'A message may have at most 1000 bytes here.' });
  });

  test(`a message of the most fragments allowed passes, and one more closes with 1008 and the reason, ${where}`, async () => {
    await using running = await startServer({ maxFragments: 8 });
    const client = await connect(`${await baseOf(running.origin)}/echo`);
    for (let i = 1; i <= 8; i++) client.socket.send('x', { fin: i === 8 });
    expect(await client.messages.next()).toBe('xxxxxxxx');
    for (let i = 1; i <= 9; i++) client.socket.send('x', { fin: i === 9 });
    expect(await client.closed).toEqual({ code: 1008, reason: 'A message may have at most 8 fragments here.' });
  });

  test(`a flood is closed with 1008 and the reason, after everything within the limit is answered, ${where}`, async () => {
    await using running = await startServer({ messagesPerSecond: 1, messageBurst: 10 });
    const client = await connect(`${await baseOf(running.origin)}/echo`);
    for (let i = 0; i < 500; i++) client.socket.send(String(i));
    expect(await client.closed).toEqual({
      code: 1008,
      reason: 'At most 1 messages a second, or 10 at once, are accepted here.',
    });
    expect(client.messages.all).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
  });

  test(`pings count like messages, ${where}`, async () => {
    await using running = await startServer({ messagesPerSecond: 1, messageBurst: 10 });
    const client = await connect(`${await baseOf(running.origin)}/echo`);
    for (let i = 0; i < 50; i++) client.socket.ping();
    expect((await client.closed).code).toBe(1008);
  });

  test(`unsolicited pongs count like messages, and answers to pings do not, ${where}`, async () => {
    const limits = { messagesPerSecond: 1, messageBurst: 10, pingAfter: 0.02, deadAfter: 60 };
    await using running = await startServer(limits);
    const client = await connect(`${await baseOf(running.origin)}/echo`);
    // A pong is on its way when the next ping comes.
    for (let i = 0; i < 30; i++) await client.pings.next();
    client.socket.send('taken');
    expect(await client.messages.next()).toBe('taken');
    for (let i = 0; i < 50; i++) client.socket.pong();
    expect((await client.closed).code).toBe(1008);
  });

  test(`a reader that does not read is closed with a reason, and the others in the room get everything, ${where}`, async () => {
    // Nothing else may cut the stuck reader, however long a busy machine takes.
    const never = { closeTimeout: 0, pingAfter: 0 };
    await using running = await startServer({ maxQueueBytes: 300_000, messagesPerSecond: 0, ...never });
    const base = await baseOf(running.origin);
    const [speaker, reader, stuck] = (await Promise.all(
      ['?self=0', '', ''].map((query) => connect(`${base}/broadcast/x${query}`)),
    )) as [Client, Client, Client];
    rawSocket(stuck).pause();
    const message = Buffer.alloc(60_000);
    let sent = 0;
    // The kernel takes some megabytes before anything waits in the process.
    while (running.server.stats().connections > (base === running.origin ? 2 : 3) && sent < 1000) {
      speaker.socket.send(message);
      sent++;
      await reader.messages.next();
      if (sent === 400) rawSocket(stuck).resume();
    }
    expect(await stuck.closed).toEqual({
      code: 1013,
      reason: 'More than 300000 bytes wait for this connection: it reads too slowly.',
    });
    expect(reader.messages.all).toHaveLength(sent);
  });

  test(`a client that answers no ping is cut after the time set, and one that does stays, ${where}`, async () => {
    // The live client answers within a second, even on a busy machine.
    await using running = await startServer({ pingAfter: 0.05, deadAfter: 1 });
    const base = await baseOf(running.origin);
    const dead = await connect(`${base}/echo`, { autoPong: false });
    const alive = await connect(`${base}/echo`);
    expect(await dead.closed).toEqual({ code: 1006, reason: '' });
    for (let i = 0; i < 3; i++) await alive.pings.next();
    alive.socket.send('still here');
    expect(await alive.messages.next()).toBe('still here');
  });
}

test('a frame that breaks a rule closes with 1002, text that is not UTF-8 with 1007, each with a reason', async () => {
  await using running = await startServer();
  const unmasked = await connect(`${running.origin}/echo`);
  rawSocket(unmasked).write(encodeFrame({ opcode: Opcode.text }));
  expect(await unmasked.closed).toEqual({ code: 1002, reason: 'A frame broke a rule of RFC 6455.' });
  const garbled = await connect(`${running.origin}/echo`);
  rawSocket(garbled).write(encodeFrame({ opcode: Opcode.text, payload: Uint8Array.of(0xff), maskingKey: key }));
  expect(await garbled.closed).toEqual({ code: 1007, reason: 'Text has to be valid UTF-8 (RFC 6455, section 8.1).' });
});

test('a flood over a slow link is cut at the socket, so that the queue in the link does not grow with it', async () => {
  await using running = await startServer({ messagesPerSecond: 1, messageBurst: 5 });
  const session = await watch(running.origin, { latency: 30 });
  const client = await connect(`${session.base}.A1/echo`);
  for (let i = 0; i < 50; i++) client.socket.send('x');
  expect((await client.closed).code).toBe(1008);
  await session.event('connection_closed');
  const up = session.events.all.filter((event) => 'direction' in event && event.direction === 'client-to-server');
  const count = (name: string): number => up.filter((event) => event.name === name).length;
  expect(count('frame_departed')).toBe(5 + 1); // The Close frame too.
  expect(count('frame_dropped')).toBe(45);
  expect(await session.event('frame_dropped')).toMatchObject({
    reason: 'At most 1 messages a second, or 5 at once, are accepted here.',
  });
});

test('while one client floods, another is served', async () => {
  await using running = await startServer();
  const honest = await connect(`${running.origin}/echo`);
  const flooder = await connect(`${running.origin}/echo`);
  for (let i = 0; i < 5000; i++) flooder.socket.send('x'.repeat(100));
  honest.socket.send('excuse me');
  expect(await honest.messages.next()).toBe('excuse me');
  expect((await flooder.closed).code).toBe(1008);
  await honest.close();
});

test.each(['/echo', '/echo?latency=1'])('answers each ping of a burst as large as the limit allows: %s', async (address) => {
  await using running = await startServer();
  const client = await connect(running.origin + address);
  const said = Array.from({ length: 100 }, (_, i) => `${i}`);
  for (const text of said) client.socket.ping(text);
  await client.pongs.first((text) => text === '99');
  expect(client.pongs.all).toEqual(said);
  expect((await client.close()).code).toBe(1000);
});
