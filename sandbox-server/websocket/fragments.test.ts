import { expect, test } from 'vitest';
import { Opcode } from '../../protocol/wire/frame.ts';
import { fromHex } from '../../protocol/trace/trace.ts';
import { handshakeRequest, RawClient } from '../conformance/raw-client.ts';
import { connect, refusedUpgrade, startServer, watch } from '../testing/client.ts';

/** `grüße`, masked with a key of zeros. */
const greeting = `8187${'00000000'}6772c3bcc39f65`;

/** Sends the bytes and returns the frames that come back: opcode, `!` for FIN, and payload in hexadecimal. */
async function framesFrom(port: number, target: string, bytes: string, count: number): Promise<string[]> {
  const client = await RawClient.open(port);
  await client.send([Buffer.from(handshakeRequest(target)), fromHex(bytes)], 'frames');
  await client.until(() => client.frames.length >= count, 5000);
  client.destroy();
  return client.frames.map(({ opcode, fin, payload }) => `${opcode}${fin ? '!' : ''} ${Buffer.from(payload).toString('hex')}`);
}

const inBetween = Buffer.from('in between').toString('hex');

test('fragment=3 cuts a message into frames of 3 bytes, even inside a character, and ping=1 adds a ping between', async () => {
  await using running = await startServer();
  const { port, origin } = running;
  const whole = ['1 6772c3', '0 bcc39f', '0! 65'];
  expect(await framesFrom(port, '/echo?fragment=3', greeting, 3)).toEqual(whole);
  const withPing = [whole[0], `${Opcode.ping}! ${inBetween}`, ...whole.slice(1)];
  expect(await framesFrom(port, '/echo?fragment=3&ping=1', greeting, 4)).toEqual(withPing);
  // The same in a session, through its tap.
  const path = new URL((await watch(origin)).base).pathname;
  expect(await framesFrom(port, `${path}/echo?fragment=3&ping=1`, greeting, 4)).toEqual(withPing);
});

test('a message that fits into one frame, even an empty one, is sent in one and without a ping', async () => {
  await using running = await startServer();
  expect(await framesFrom(running.port, '/echo?fragment=7&ping=1', greeting, 1)).toEqual(['1! 6772c3bcc39f65']);
  expect(await framesFrom(running.port, '/echo?fragment=7&ping=1', '828000000000', 1)).toEqual(['2! ']);
});

test('the longest message comes whole, in at most 256 frames', async () => {
  await using running = await startServer();
  const client = await connect(`${running.origin}/echo?fragment=1&ping=1`);
  const bytes = Buffer.from(Array.from({ length: 65_536 }, (_, i) => i % 251));
  client.socket.send(bytes);
  expect(await client.messages.next()).toBe(bytes.toString('hex'));
  expect(client.pings.all).toEqual(['in between']);
  const long = `82fe1000${'00000000'}${'61'.repeat(4096)}`;
  const frames = await framesFrom(running.port, '/echo?fragment=1', long, 256);
  expect(frames.length).toBe(256);
  expect(new Set(frames.map((frame) => frame.split(' ')[1]?.length))).toEqual(new Set([32]));
});

test('fragmented messages keep their order with those of one frame and with the close', async () => {
  await using running = await startServer();
  const client = await connect(`${running.origin}/broadcast/x?fragment=2`);
  const other = await connect(`${running.origin}/broadcast/x`);
  for (const text of ['one', 'two', 'three']) other.socket.send(text);
  await client.messages.first((text) => text === 'three');
  expect(client.messages.all).toEqual(['one', 'two', 'three']);
});

test('an invalid size of fragments is refused with 400', async () => {
  await using running = await startServer();
  expect(await refusedUpgrade(`${running.origin}/echo?fragment=0`)).toEqual({
    status: 400,
    text: 'Wrong parameter: "fragment" is "0"; it takes a whole number from 1 to 65536.\n',
  });
});
