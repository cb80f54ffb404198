import { expect, test } from 'vitest';
import { Opcode } from '../../protocol/wire/frame.ts';
import { connect, refusedUpgrade, startServer, watch } from '../testing/client.ts';

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

test('?pong=0 leaves pings unanswered, but a message still comes back', async () => {
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
