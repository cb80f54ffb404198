import { expect, test } from 'vitest';
import { encodeFrame, Opcode } from '../../protocol/wire/frame.ts';
import { type TraceEvent, toHex } from '../../protocol/trace/trace.ts';
import type { Direction } from '../../protocol/wire/direction.ts';
import { connect, startServer, until, watch } from '../testing/client.ts';
import { startRecordingProxy } from '../testing/recording-proxy.ts';

const count = 2000;

/** Returns frames of each kind in turn: text, growing binary, ping, unsolicited pong, and two fragments with a ping between. */
function frameNumber(i: number): Uint8Array[] {
  const maskingKey = Uint8Array.of(i, i >> 8, 7, 9);
  const payload = Buffer.from(`${i} `.repeat((i * 7) % 90));
  const frame = (opcode: number, fin = true): Uint8Array =>
    encodeFrame({ opcode, fin, maskingKey, payload: opcode >= 8 ? payload.subarray(0, 125) : payload });
  const kinds = [
    [frame(Opcode.text)],
    [frame(Opcode.binary)],
    [frame(Opcode.ping)],
    [frame(Opcode.pong)],
    [frame(Opcode.text, false), frame(Opcode.ping), frame(Opcode.continuation)],
  ];
  return kinds[i % kinds.length] as Uint8Array[];
}

const tappedBytes = (events: readonly TraceEvent[], direction: Direction): string =>
  events.map((event) => ('bytes' in event && event.direction === direction ? event.bytes : '')).join('');

test.each(['', '?latency=3&jitter=4'])(
  `over ${count} mixed frames each way the tap reports the bytes that an independent recorder saw, with link "%s"`,
  { timeout: 30_000 },
  async (link) => {
    await using running = await startServer({ messagesPerSecond: 0, tapQueueBytes: 0, tapQueueEvents: 0 });
    await using proxy = await startRecordingProxy(running.port);
    const session = await watch(running.origin);
    const client = await connect(`${session.base.replace(running.origin, proxy.origin)}.A1/echo${link}`);
    const raw = (client.socket as unknown as { _socket: NodeJS.WritableStream })._socket;
    let sent = 0;
    let messages = 0;
    let pings = 0;
    // A message and a ping each get an answer of one frame.
    for (let i = 0; sent < count || messages + pings < count; i++) {
      const frames = frameNumber(i);
      sent += frames.length;
      if (i % 5 === 2 || i % 5 === 4) pings++;
      if (i % 5 !== 2 && i % 5 !== 3) messages++;
      // Wait for the answers after each hundred frames, so that this is no flood.
      if (i % 70 === 69) await until(() => client.messages.all.length === messages - 1);
      // Cut inside a frame, as a network does.
      const bytes = Buffer.concat(frames);
      const cut = (i * 13) % bytes.length;
      raw.write(bytes.subarray(0, cut));
      raw.write(bytes.subarray(cut));
    }
    await until(() => client.messages.all.length === messages && client.pongs.all.length === pings);
    client.socket.close(1000, 'all sent');
    await client.closed;
    await session.event('connection_closed', { connection: 'A1' });

    const [recorded] = proxy.connections;
    const told = session.events.all;
    const frames = (direction: Direction): TraceEvent[] =>
      told.filter((event) => event.name === 'frame_sent' && event.direction === direction);
    expect(frames('client-to-server')).toHaveLength(sent + 1);
    expect(frames('server-to-client')).toHaveLength(messages + pings + 1);
    expect(messages + pings).toBeGreaterThanOrEqual(count);
    expect(tappedBytes(told, 'client-to-server')).toBe(session.asTold(toHex(recorded?.sent ?? new Uint8Array())));
    expect(tappedBytes(told, 'server-to-client')).toBe(toHex(recorded?.received ?? new Uint8Array()));
  },
);
