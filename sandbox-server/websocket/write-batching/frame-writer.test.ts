import { Duplex } from 'node:stream';
import { expect, test } from 'vitest';
import { FrameParser, Opcode } from '../../../protocol/wire/frame.ts';
import { createFakeTimers } from '../../testing/fake-timers.ts';
import { FrameWriter } from './frame-writer.ts';
import { noOwner } from '../../testing/no-faults.ts';
import { notingSocket } from '../../testing/noting-socket.ts';
import { Tick } from './tick.ts';

function setUp(count: number) {
  const timers = createFakeTimers();
  const turn = new Tick(timers);
  const sockets = Array.from({ length: count }, notingSocket);
  const writers = sockets.map(({ socket }) => new FrameWriter(socket, turn, noOwner));
  const messages = (at: number): string[][] =>
    (sockets[at]?.writes ?? []).map((bytes) =>
      new FrameParser().push(bytes).map(({ payload }) => Buffer.from(payload).toString()),
    );
  return { timers, sockets, writers: writers as [FrameWriter, ...FrameWriter[]], messages };
}

test('messages sent within a turn leave in one write at its end, in order, each as a whole unmasked frame', () => {
  const { timers, writers, sockets, messages } = setUp(1);
  writers[0].send('one');
  writers[0].send(Uint8Array.of(0x32));
  writers[0].send('');
  expect(writers[0].size).toBe(5 + 3 + 2);
  expect(sockets[0]?.writes).toEqual([]);
  timers.pass(0);
  expect(messages(0)).toEqual([['one', '2', '']]);
  const frames = new FrameParser().push(sockets[0]?.writes[0] ?? Buffer.alloc(0));
  expect(frames.map(({ opcode, fin, maskingKey }) => ({ opcode, fin, maskingKey }))).toEqual(
    [Opcode.text, Opcode.binary, Opcode.text].map((opcode) => ({ opcode, fin: true, maskingKey: undefined })),
  );
  timers.pass(0);
  expect(sockets[0]?.writes).toHaveLength(1);
});

test('connections that are sent the same messages share the same bytes, put together once', () => {
  const { timers, writers, sockets } = setUp(1000);
  for (const message of ['a', 'b', 'c']) for (const writer of writers) writer.send(message);
  timers.pass(0);
  expect(new Set(sockets.map(({ writes }) => writes[0])).size).toBe(1);
  expect(sockets.every(({ writes }) => writes.length === 1)).toBe(true);
});

test('each connection gets only its own messages when some of them are not sent to all', () => {
  const { timers, writers, messages } = setUp(3);
  for (const [n, message] of ['a', 'b', 'c', 'd'].entries()) {
    for (const [i, writer] of writers.entries()) if (i !== n % 3) writer.send(message);
  }
  timers.pass(0);
  expect([messages(0), messages(1), messages(2)]).toEqual([[['b', 'c']], [['a', 'c', 'd']], [['a', 'b', 'd']]]);
});

test('the next turn starts anew: what was written is not written again', () => {
  const { timers, writers, messages } = setUp(2);
  for (const message of ['same', 'same']) {
    for (const writer of writers) writer.send(message);
    timers.pass(0);
  }
  expect(messages(1)).toEqual([['same'], ['same']]);
});

test('a flush writes at once what waits, and nothing is left for the end of the turn', () => {
  const { timers, writers, messages } = setUp(1);
  writers[0].send('before the ping');
  writers[0].flush();
  expect(messages(0)).toEqual([['before the ping']]);
  writers[0].send('after it');
  timers.pass(0);
  expect(messages(0)).toEqual([['before the ping'], ['after it']]);
});

test('64 KiB are written without waiting for the end of the turn', () => {
  const { writers, sockets } = setUp(1);
  writers[0].send('x'.repeat(40_000));
  expect(sockets[0]?.writes).toHaveLength(0);
  writers[0].send('x'.repeat(40_000));
  expect(sockets[0]?.writes).toHaveLength(1);
  expect(writers[0].size).toBe(0);
});

test('nothing is written to a socket that has ended', () => {
  const { timers, writers, sockets } = setUp(1);
  writers[0].send('too late');
  sockets[0]?.socket.destroy();
  timers.pass(0);
  expect(sockets[0]?.writes).toEqual([]);
});

test('after a slow turn of several messages, the next gathers for half as long; single messages do not wait', () => {
  const timers = createFakeTimers();
  let spent = 0;
  const turn = new Tick({ now: () => timers.now() + spent, after: (ms, callback) => timers.after(ms, callback) });
  const writes: string[] = [];
  const socket = new Duplex({
    read: () => undefined,
    write(chunk: Buffer, _encoding, done) {
      writes.push(
        new FrameParser()
          .push(chunk)
          .map(({ payload }) => Buffer.from(payload).toString())
          .join(),
      );
      spent += 6;
      done();
    },
  });
  const writer = new FrameWriter(socket, turn, noOwner);
  for (const message of ['a', 'b']) writer.send(message);
  timers.pass(0);
  writer.send('c');
  timers.pass(2.9);
  writer.send('d');
  expect(writes).toEqual(['a,b']);
  timers.pass(0.1);
  expect(writes).toEqual(['a,b', 'c,d']);
  timers.pass(10);
  for (const message of ['e', 'f']) {
    writer.send(message);
    timers.pass(0);
  }
  expect(writes).toEqual(['a,b', 'c,d', 'e', 'f']);
});

test('pongs leave in the same write as the messages, each in its place', () => {
  const { timers, writers, sockets } = setUp(1);
  writers[0].send('before');
  writers[0].pong(Uint8Array.of(1, 2));
  writers[0].pong(Uint8Array.of(3));
  writers[0].send('after');
  timers.pass(0);
  expect(sockets[0]?.writes).toHaveLength(1);
  const frames = new FrameParser().push(sockets[0]?.writes[0] ?? Buffer.alloc(0));
  expect(frames.map(({ opcode, length }) => [opcode, length])).toEqual([
    [Opcode.text, 6],
    [Opcode.pong, 2],
    [Opcode.pong, 1],
    [Opcode.text, 5],
  ]);
});
