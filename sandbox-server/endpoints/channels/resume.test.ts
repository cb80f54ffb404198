import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NoChannelLeft } from './channels.ts';
import { connect, startServer, until } from '../../testing/client.ts';
import { createFakeTimers } from '../../testing/fake-timers.ts';
import { channelsWith, somebody } from '../../testing/shares.ts';

const parsed = (messages: readonly string[]): unknown[] => messages.map((text) => JSON.parse(text) as unknown);

test('a client that comes back to a room with its last id gets the rest in order, once, and then what is new', async () => {
  await using running = await startServer();
  const room = `${running.origin}/broadcast/x`;
  const speaker = await connect(room);
  const listener = await connect(`${room}?after=0`);
  speaker.socket.send('one');
  speaker.socket.send(Uint8Array.of(1, 2, 255));
  await listener.messages.next();
  await listener.messages.next();
  expect(parsed(listener.messages.all)).toEqual([
    { id: 1, data: 'one' },
    { id: 2, base64: 'AQL/' },
  ]);
  await listener.close();
  speaker.socket.send('three');
  speaker.socket.send('four');
  await until(() => speaker.messages.all.length === 4);
  const back = await connect(`${room}?after=2`);
  speaker.socket.send('five');
  await until(() => back.messages.all.length === 3);
  expect(parsed(back.messages.all)).toEqual([
    { id: 3, data: 'three' },
    { id: 4, data: 'four' },
    { id: 5, data: 'five' },
  ]);
  expect(speaker.messages.all).toEqual(['one', '0102ff', 'three', 'four', 'five']);
});

test('a room that everybody left keeps its history, and 300 messages later says which are lost', async () => {
  await using running = await startServer({ messageBurst: 0 });
  const room = `${running.origin}/broadcast/x`;
  const speaker = await connect(room);
  for (let i = 1; i <= 300; i++) speaker.socket.send(`message ${i}`);
  await until(() => speaker.messages.all.length === 300);
  await speaker.close();
  await until(() => running.server.stats().rooms === 0);
  const back = await connect(`${room}?after=10`);
  await until(() => back.messages.all.length === 257);
  expect(parsed(back.messages.all)).toEqual([
    { gap: { after: 10, next: 45 } },
    ...Array.from({ length: 256 }, (_, i) => ({ id: i + 45, data: `message ${i + 45}` })),
  ]);
});

const bounds = { messages: 256, age: 120_000, channels: 2, bytes: 1000, totalBytes: 1500 };

test('a message is kept for two minutes, and a client that missed it is told of the gap', () => {
  const timers = createFakeTimers();
  const channel = channelsWith<string>(bounds, timers.now).open('x', somebody);
  channel.publish('early', 10);
  timers.pass(60_000);
  channel.publish('late', 10);
  timers.pass(60_000);
  expect(channel.after(0)).toEqual({
    gap: undefined,
    messages: [
      { id: 1, data: 'early' },
      { id: 2, data: 'late' },
    ],
  });
  timers.pass(1);
  expect(channel.after(0)).toEqual({ gap: { after: 0, next: 2 }, messages: [{ id: 2, data: 'late' }] });
  expect(channel.after(1).gap).toBeUndefined();
  timers.pass(60_000);
  expect(channel.after(1)).toEqual({ gap: { after: 1, next: 3 }, messages: [] });
  expect(channel.after(2)).toEqual({ gap: undefined, messages: [] });
  expect(timers.waiting).toBe(0);
});

test('bounds the bytes kept for one channel and for all, and drops the oldest first', () => {
  const channels = channelsWith<string>(bounds, createFakeTimers().now);
  const [a, b] = [channels.open('a', somebody), channels.open('b', somebody)];
  a.publish('1', 600);
  a.publish('2', 600);
  expect(a.after(0)).toEqual({ gap: { after: 0, next: 2 }, messages: [{ id: 2, data: '2' }] });
  b.publish('3', 950);
  expect(channels.bytes).toBe(950);
  expect(a.after(1)).toEqual({ gap: { after: 1, next: 3 }, messages: [] });
});

test('a new channel replaces the one unused for longest, never one with listeners, and ids do not come again', () => {
  const channels = channelsWith<string>(bounds, createFakeTimers().now);
  for (const data of ['1', '2', '3']) channels.open('a', somebody).publish(data, 1);
  const cancel = channels.open('b', somebody).listen(
    () => undefined,
    () => undefined,
  );
  channels.open('c', somebody);
  expect(channels.size).toBe(2);
  const again = channels.open('a', somebody);
  expect(again.publish('4', 1)).toEqual({ id: 4, data: '4' });
  expect(again.after(2)).toEqual({ gap: { after: 2, next: 4 }, messages: [{ id: 4, data: '4' }] });
  again.listen(
    () => undefined,
    () => undefined,
  );
  expect(() => channels.open('d', somebody)).toThrow(NoChannelLeft);
  cancel();
  expect(channels.open('d', somebody).last).toBe(3);
  expect(channels.bytes).toBe(1);
});

test('a client that was away always gets everything in order and once, or is told of a real gap', () => {
  const step = fc.oneof(
    fc.record({ say: fc.integer({ min: 1, max: 5 }), bytes: fc.integer({ min: 1, max: 9 }) }),
    fc.record({ pass: fc.integer({ min: 0, max: 50 }) }),
    fc.constant({ comeBack: true }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const timers = createFakeTimers();
      const few = { messages: 6, age: 100, bytes: 30, totalBytes: 1000, channels: 1 };
      const channel = channelsWith<string>(few, timers.now).open('x', somebody);
      const said: { time: number; bytes: number }[] = [];
      let heard = 0;
      for (const doing of steps) {
        if ('say' in doing) {
          for (let i = 0; i < doing.say; i++) {
            expect(channel.publish(`${said.length + 1}`, doing.bytes).id).toBe(said.length + 1);
            said.push({ time: timers.now(), bytes: doing.bytes });
          }
        } else if ('pass' in doing) timers.pass(doing.pass);
        else {
          const { gap, messages } = channel.after(heard);
          const from = gap ? gap.next : heard + 1;
          const rest = Array.from({ length: said.length - from + 1 }, (_, i) => ({ id: from + i, data: `${from + i}` }));
          expect(messages).toEqual(rest);
          if (gap) {
            // The last message of the gap is one that no bound would have kept.
            expect(gap.after).toBe(heard);
            expect(gap.next).toBeGreaterThan(heard + 1);
            const since = said.slice(gap.next - 2);
            const bytes = since.reduce((sum, message) => sum + message.bytes, 0);
            const tooOld = (since[0]?.time ?? 0) < timers.now() - few.age;
            expect(tooOld || since.length > few.messages || bytes > few.bytes).toBe(true);
          }
          heard = said.length;
        }
      }
    }),
  );
});

test('opening a channel drops what is too old on one that nobody asks for again', () => {
  let now = 0;
  const long = { channels: 10, messages: 10, age: 2000, bytes: Infinity, totalBytes: Infinity };
  const channels = channelsWith<string>(long, () => now);
  const forgotten = channels.open('forgotten', somebody);
  forgotten.publish('old', 3);
  now = 1000;
  forgotten.publish('less old', 8);
  expect(channels.bytes).toBe(11);
  now = 2001;
  channels.open('another', somebody);
  expect(forgotten.history.oldest).toBe(1000);
  now = 3001;
  channels.open('another', somebody);
  expect(forgotten.history.oldest).toBe(Infinity);
  expect(channels.bytes).toBe(0);
  expect(forgotten.last).toBe(2);
});
