import { expect, test } from 'vitest';
import { startServer, until } from '../testing/client.ts';
import { addressHeader, type Gotten, Visitor } from '../testing/visitor.ts';

const greedyAddress = '192.0.2.1';
const otherAddress = '192.0.2.2';

/** Asks for `count` channels, each by another name. */
async function nameChannels(visitor: Visitor, count: number): Promise<void> {
  for (let i = 0; i < count; i++) await visitor.ask(`/poll/name-${i}`);
}

test('a session that gives way ends its connections, taps, streams and long polls, and tells each why', async () => {
  await using running = await startServer({ addressHeader, maxSessions: 2 });
  const victim = await Visitor.inSession(running.origin, greedyAddress);
  const tap = await victim.open('/tap');
  const second = await Visitor.inSession(running.origin, greedyAddress);
  const secondTap = await second.open('/tap');
  const echo = await victim.open('/echo');
  const overLink = await victim.open('/echo?latency=1');
  const stream = await victim.stream('/events/news');
  const poll = victim.ask('/long-poll/~news?timeout=60000');
  while (!(await (await fetch(`${running.origin}/metrics`)).text()).includes('duplex_long_polls 1'));
  // Use the second session last, so that the first one gives way.
  const later = await second.open('/echo');
  later.socket.send('in use');
  await later.messages.next();
  await Visitor.inSession(running.origin, otherAddress);
  const words = 'All 2 sessions of this server are taken: you hold the most, so this one gave way to others.';
  expect(await Promise.all([echo, overLink, tap].map(({ closed }) => closed))).toEqual(
    Array(3).fill({ code: 1013, reason: words }),
  );
  expect(await poll).toEqual({ status: 503, text: `${words}\n` });
  await until(() => stream.lost !== undefined);
  expect(stream.lost).toBe(words);
  expect([secondTap.lost, later.lost]).toEqual([undefined, undefined]);
  expect((await victim.ask('/poll/x')).text).toContain('There is no such session');
  for (const visitor of [victim, second]) visitor.leave();
});

test('an address with too many connections loses an unused one first and a tap last', async () => {
  await using running = await startServer({ addressHeader, maxConnections: 3 });
  const greedy = await Visitor.inSession(running.origin, greedyAddress);
  const tap = await greedy.open('/tap');
  const silent = await greedy.open('/echo');
  const spoken = await greedy.open('/echo');
  spoken.socket.send('in use');
  await spoken.messages.next();
  await Visitor.alone(running.origin, otherAddress).open('/echo');
  await until(() => silent.lost !== undefined);
  expect(silent.lost).toBe('1013 All 3 connections of this server are taken: you hold the most, so this one gave way to others.');
  expect([tap.lost, spoken.lost]).toEqual([undefined, undefined]);
});

test('a room with others in it stays, however many rooms one of its members has', async () => {
  await using running = await startServer({ addressHeader, maxRooms: 4 });
  const greedy = Visitor.alone(running.origin, greedyAddress);
  const shared = await greedy.open('/broadcast/class');
  const member = await Visitor.alone(running.origin, otherAddress).open('/broadcast/class');
  const rooms: Gotten[] = [];
  for (const name of ['a', 'b', 'c']) rooms.push(await greedy.open(`/broadcast/${name}`));
  for (const address of ['192.0.2.3', '192.0.2.4']) {
    await Visitor.alone(running.origin, address).open(`/broadcast/mine-${address}`);
  }
  await until(() => rooms.filter(({ lost }) => lost !== undefined).length === 2);
  shared.socket.send('still here');
  expect(await member.messages.next()).toBe('still here');
});

test('a room keeps its messages for those who come back, however many rooms somebody else visits', async () => {
  await using running = await startServer({ addressHeader, maxRooms: 4 });
  const [learner, greedy] = [otherAddress, greedyAddress].map((address) => Visitor.alone(running.origin, address)) as [
    Visitor,
    Visitor,
  ];
  const room = await learner.open('/broadcast/board');
  room.socket.send('kept');
  await room.messages.next();
  await room.close();
  for (let i = 0; i < 10; i++) await (await greedy.open(`/broadcast/${i}`)).close();
  expect(await (await learner.open('/broadcast/board?after=0')).messages.next()).toBe('{"id":1,"data":"kept"}');
});

test('a channel keeps its messages between two polls, however many channel names somebody else makes up', async () => {
  await using running = await startServer({ addressHeader, maxChannels: 4 });
  const [learner, greedy] = [otherAddress, greedyAddress].map((address) => Visitor.alone(running.origin, address)) as [
    Visitor,
    Visitor,
  ];
  await learner.ask('/messages/news', 'POST', 'kept');
  await nameChannels(greedy, 10);
  expect(JSON.parse((await learner.ask('/poll/news?after=0')).text)).toEqual({
    messages: [{ id: 1, data: 'kept' }],
    last: 1,
  });
  expect((await (await fetch(`${running.origin}/metrics`)).text()).match(/^duplex_channels (\d+)$/m)?.[1]).toBe('4');
  for (const visitor of [learner, greedy]) visitor.leave();
});

test('a channel that gives way while somebody listens tells their streams and long polls why', async () => {
  await using running = await startServer({ addressHeader, maxChannels: 2 });
  const greedy = Visitor.alone(running.origin, greedyAddress);
  const stream = await greedy.stream('/events/a');
  const poll = greedy.ask('/long-poll/b?timeout=60000');
  while (!(await (await fetch(`${running.origin}/metrics`)).text()).includes('duplex_long_polls 1'));
  const other = Visitor.alone(running.origin, otherAddress);
  expect((await other.ask('/poll/c')).status).toBe(200);
  await until(() => stream.lost !== undefined);
  expect(stream.lost).toBe('All 2 channels of this server are taken: you hold the most, so this one gave way to others.');
  expect((await other.ask('/messages/b', 'POST', 'heard')).status).toBe(201);
  expect((await poll).status).toBe(200);
  for (const visitor of [greedy, other]) visitor.leave();
});

test('what is sent over /raw counts only for the address that opened it', async () => {
  await using running = await startServer({ addressHeader, maxAddressConnections: 2 });
  const [first, ...others] = ['192.0.2.1', '192.0.2.2', '192.0.2.3'].map((address) => Visitor.alone(running.origin, address));
  if (!first) throw new Error('nobody');
  const hello = Buffer.from('818537fa213d7f9f4d5158', 'hex');
  for (const visitor of [first, ...others]) {
    const line = await visitor.open('/raw');
    line.socket.send(hello);
    expect(await line.messages.next()).toBe('810548656c6c6f');
  }
  await expect(first.open('/echo')).rejects.toThrow('Your address has 2 connections already, the most it may have.');
});
