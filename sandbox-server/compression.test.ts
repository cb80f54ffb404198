import { once } from 'node:events';
import { deflateRawSync } from 'node:zlib';
import { connect as openSocket } from 'node:net';
import { expect, test } from 'vitest';
import { encodeFrame, FrameParser, Opcode } from '../protocol/frame.ts';
import { connect, refusedUpgrade, startServer, watch } from './testing/client.ts';

const compressing = { perMessageDeflate: { threshold: 0 } };

test('/echo?compress=1 agrees to compression and sends back what it got; the tap shows RSV1 and the shorter bytes', async () => {
  await using running = await startServer();
  const session = await watch(running.origin);
  const client = await connect(`${session.base}.A1/echo?compress=1`, compressing);
  expect(client.socket.extensions).toContain('permessage-deflate');
  const text = 'again and '.repeat(100);
  client.socket.send(text);
  expect(await client.messages.next()).toBe(text);
  const sent = await session.event('frame_sent', { direction: 'server-to-client' });
  expect(sent).toMatchObject({ rsv: 4, opcode: Opcode.text });
  expect(sent.name === 'frame_sent' && sent.length).toBeLessThan(100);
  await client.close();
});

test('/echo?compress=takeover keeps the window: a message like the one before is much shorter', async () => {
  await using running = await startServer();
  const session = await watch(running.origin);
  const client = await connect(`${session.base}.A1/echo?compress=takeover`, compressing);
  const text = (tick: number): string => JSON.stringify({ tick, player: 'Ada', place: { x: 412.5, y: 96.25 } });
  for (const tick of [1, 2]) {
    client.socket.send(text(tick));
    expect(await client.messages.next()).toBe(text(tick));
  }
  const lengths = await Promise.all(
    [0, 1].map(async (frame) => (await session.event('frame_sent', { direction: 'server-to-client', frame })).length),
  );
  expect(lengths[1]).toBeLessThan((lengths[0] ?? 0) / 3);
  await client.close();
});

test.each(['/echo', '/echo?compress=0', '/ticker?compress=1'])('%s does not agree to compression', async (address) => {
  await using running = await startServer();
  const client = await connect(running.origin + address, compressing);
  expect(client.socket.extensions).toBe('');
  client.socket.terminate();
});

test('a zip bomb of 64 MiB ends with 1009 and a sentence, and others are served meanwhile', async () => {
  await using running = await startServer();
  const honest = await connect(`${running.origin}/echo`);
  const { hostname, port } = new URL(running.origin.replace(/^ws/, 'http'));
  const socket = openSocket(Number(port), hostname);
  const head = ['GET /echo?compress=1 HTTP/1.1', `Host: ${hostname}`, 'Upgrade: websocket', 'Connection: Upgrade'];
  const fields = [
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    'Sec-WebSocket-Extensions: permessage-deflate',
  ];
  socket.write([...head, ...fields, '', ''].join('\r\n'));
  const [answer] = (await once(socket, 'data')) as [Buffer];
  expect(answer.toString()).toContain('permessage-deflate');
  const bomb = deflateRawSync(Buffer.alloc(64 * 1024 * 1024), { level: 9 });
  expect(bomb.length).toBeLessThan(64 * 1024);
  // On the wire all of it is within the limit; and in fragments, as an attacker would send it.
  const parser = new FrameParser();
  const closed = new Promise<string>((resolve) => {
    socket.on('data', (chunk: Buffer) => {
      for (const { opcode, payload } of parser.push(chunk)) {
        if (opcode === Opcode.close)
          resolve(`${(payload[0] as number) * 256 + (payload[1] as number)} ${new TextDecoder().decode(payload.subarray(2))}`);
      }
    });
  });
  for (let at = 0; at < bomb.length; at += 16_000) {
    const payload = bomb.subarray(at, at + 16_000);
    const first = at === 0;
    const opcode = first ? Opcode.binary : Opcode.continuation;
    socket.write(encodeFrame({ opcode, rsv1: first, fin: at + 16_000 >= bomb.length, payload, maskingKey: Buffer.alloc(4) }));
  }
  honest.socket.send('still here');
  expect(await honest.messages.next()).toBe('still here');
  expect(await closed).toMatch(/^1009 ./);
  socket.destroy();
  await honest.close();
});

test('?pingevery=100 pings a client that is not silent at all, and stops with the connection', async () => {
  await using running = await startServer();
  const client = await connect(`${running.origin}/ticker?every=20&pingevery=100`);
  await client.pings.next();
  await client.pings.next();
  await client.close();
  expect(await refusedUpgrade(`${running.origin}/echo?pingevery=5`)).toEqual({
    status: 400,
    text: 'Wrong parameter: "pingevery" is "5"; it takes a whole number from 100 to 60000.\n',
  });
});

test('?pong=0 leaves pings without their pong; a message still comes back', async () => {
  await using running = await startServer();
  const [silent, usual] = [await connect(`${running.origin}/echo?pong=0`), await connect(`${running.origin}/echo`)];
  // More pings than `ws` lets wait for their pongs.
  for (let i = 0; i < 60; i++) silent.socket.ping('are you there');
  usual.socket.ping('are you there');
  for (const { socket } of [silent, usual]) socket.send('x');
  expect(await silent.messages.next()).toBe('x');
  expect(await usual.pongs.next()).toBe('are you there');
  expect(silent.pongs.all).toEqual([]);
  await Promise.all([silent.close(), usual.close()]);
});
