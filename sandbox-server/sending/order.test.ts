import { connect as connectTcp } from 'node:net';
import { expect, test } from 'vitest';
import { opcodeName } from '../../protocol/wire/frame.ts';
import { close, ping, text } from '../conformance/case.ts';
import { handshakeRequest, RawClient } from '../conformance/raw-client.ts';
import { connect, startServer } from '../testing/client.ts';
import { newSession } from '../testing/new-session.ts';

async function open(port: number, target: string): Promise<RawClient> {
  const client = await RawClient.open(port);
  await client.send([Buffer.from(handshakeRequest(target))], 'whole');
  await client.until(() => client.head !== undefined, 5000);
  return client;
}

const told = ({ frames }: RawClient): string[] =>
  frames.map(({ opcode, payload }) => `${opcodeName(opcode)} ${opcode === 8 ? '' : Buffer.from(payload).toString()}`.trim());

test('echoes, pongs and the Close leave in the order of what they answer, even if all came in one packet', async () => {
  await using running = await startServer();
  const client = await open(running.port, '/echo');
  await client.send([text('1'), ping('2'), text('3'), text('4'), ping('5'), text('6'), close(1000), text('7')], 'whole');
  await client.until(() => client.ended, 5000);
  expect(told(client)).toEqual(['text 1', 'pong 2', 'text 3', 'text 4', 'pong 5', 'text 6', 'close']);
});

test("the server's own Close leaves after the messages before it", async () => {
  await using running = await startServer();
  const client = await open(running.port, '/ticker?every=10&count=2&close=1');
  await client.until(() => client.frames.length === 3, 5000);
  expect(told(client)).toEqual(['text tick 1', 'text tick 2', 'close']);
  client.destroy();
});

test('a client that ends its stream right after a message still gets the echo', async () => {
  await using running = await startServer();
  const socket = connectTcp({ port: running.port, host: '127.0.0.1', allowHalfOpen: true });
  socket.end(Buffer.concat([Buffer.from(handshakeRequest('/echo')), text('last words')]));
  let answer = '';
  for await (const chunk of socket) answer += String(chunk);
  expect(answer.endsWith('last words')).toBe(true);
});

test('every member of a room hears eight speakers at once in the same order, each message once', async () => {
  await using running = await startServer({ messagesPerSecond: 0 });
  const room = `${running.origin}/broadcast/choir`;
  const members = await Promise.all(Array.from({ length: 20 }, () => connect(room)));
  const speakers = members.slice(0, 8);
  for (let i = 0; i < 50; i++) for (const [n, { socket }] of speakers.entries()) socket.send(`${n}: ${i}`);
  for (const { messages } of members) while (messages.all.length < 400) await messages.next();
  const [first] = members;
  expect(new Set(first?.messages.all).size).toBe(400);
  for (const { messages } of members) expect(messages.all).toEqual(first?.messages.all);
});

test('a message reaches members with a link, in a session and with neither', async () => {
  await using running = await startServer();
  const session = await newSession(running.origin);
  const addresses = ['/broadcast/mixed', '/broadcast/mixed?latency=5', `/s/${session}/broadcast/mixed`];
  const members = await Promise.all(addresses.map((address) => connect(running.origin + address)));
  members[0]?.socket.send('to all');
  for (const { messages } of members) expect(await messages.next()).toBe('to all');
});
