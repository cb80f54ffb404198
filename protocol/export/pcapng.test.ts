import { describe, expect, test } from 'vitest';
import { asciiBytes } from '../wire/handshake.ts';
import { type Trace, toHex } from '../trace/trace.ts';
import { corpus, cutCorpus, framesOf, recordedTraces, traceOf } from './corpus-for-tests.ts';
import { toPcapng } from './pcapng.ts';
import { type ReadPacket, readPcapng } from './read-pcapng-for-tests.ts';
import { Flag } from './tcp.ts';

const every = corpus();
const traces: [name: string, trace: Trace][] = [['every kind of frame', every], ...recordedTraces()];

/** Returns the bytes that go each way on each connection: `A1 client-to-server` → hexadecimal. */
function bytesOf(trace: Trace): Map<string, string> {
  const bytes = new Map<string, string>();
  for (const event of trace.events) {
    const isSent = ['handshake_sent', 'frame_sent', 'request_sent'].includes(event.name) && event.at !== 'client';
    if (!('bytes' in event) || !(isSent || (event.name === 'response_received' && event.at === 'socket'))) continue;
    const key = `${event.connection} ${'exchange' in event ? event.exchange : ''} ${event.direction}`;
    bytes.set(key, (bytes.get(key) ?? '') + (event.bytes ?? ''));
  }
  return bytes;
}

const halves = (packets: readonly ReadPacket[]): ReadPacket[][] => [
  ...Map.groupBy(packets, ({ from, to }) => `${from} ${to}`).values(),
];

describe.each(traces)('%s, as pcapng', (_, trace) => {
  const { comment, interfaces, packets } = readPcapng(toPcapng(trace));

  test('says that the layers below the WebSocket bytes are synthetic, and those bytes captured', () => {
    expect(interfaces).toBe(1);
    expect(comment).toContain('The bytes of HTTP and WebSocket are as captured');
    expect(comment).toContain('Ethernet, IP and TCP are synthetic');
  });

  test('carries exactly the captured bytes, each way of each connection, handshake first', () => {
    const carried = halves(packets).map((half) => half.map(({ data }) => toHex(data)).join(''));
    // An exchange that was cut off before its answer has packets without bytes the other way.
    const some = (list: Iterable<string>): string[] => [...list].filter((bytes) => bytes !== '').sort();
    expect(some(carried)).toEqual(some(bytesOf(trace).values()));
  });

  test('leaves no gap in the sequence numbers, and acknowledges only what was sent before', () => {
    for (const half of halves(packets)) {
      const [{ from, to }] = half as [ReadPacket];
      let next = half[0]?.sequence ?? 0;
      for (const packet of half) {
        expect(packet.sequence).toBe(next);
        next += packet.length + (packet.flags & (Flag.syn | Flag.fin) ? 1 : 0);
        if (!(packet.flags & Flag.ack)) continue;
        const before = packets.slice(0, packets.indexOf(packet)).filter((other) => other.from === to && other.to === from);
        const sent = before.reduce((end, other) => Math.max(end, other.sequence + other.length + (other.length ? 0 : 1)), 0);
        expect(packet.acknowledgement).toBeLessThanOrEqual(sent);
      }
    }
  });

  test('gives each frame the time at which it was sent, and the packets in order of time', () => {
    const sent = trace.events.filter(({ name }) => name === 'frame_sent').sort((a, b) => a.time - b.time);
    const shown = packets.filter((packet) => / frame \d+: sent at /.test(packet.comment ?? ''));
    expect(shown.map(({ time }) => time)).toEqual(sent.map(({ time }) => expect.closeTo(time, 3) as number));
    expect(packets.map(({ time }) => time)).toEqual(packets.map(({ time }) => time).sort((a, b) => a - b));
  });
});

test('uses the time of day for a run whose start is known', () => {
  const startedAt = Date.UTC(2026, 10, 21, 4, 30);
  const [first] = readPcapng(toPcapng(every, { startedAt })).packets;
  expect(first?.time).toBe(startedAt + 1);
});

test('a connection that the trace leaves open is left open', () => {
  const trace = { ...every, events: every.events.filter(({ name }) => name !== 'connection_closed') };
  expect(readPcapng(toPcapng(trace)).packets.filter(({ flags }) => flags & Flag.fin)).toEqual([]);
});

test('a frame that the link did not carry is never acknowledged by itself, and its packet says why', () => {
  const trace = traceOf({ 'client-to-server': [{ opcode: 1, payload: asciiBytes('lost') }], 'server-to-client': [] });
  const at = trace.events.findIndex(({ name }) => name === 'frame_received');
  trace.events[at] = {
    ...{ time: 30, at: 'link', name: 'frame_dropped', connection: 'A1' },
    ...{ direction: 'client-to-server', frame: 0, reason: 'This link is simplex.' },
  };
  const { packets } = readPcapng(toPcapng(trace));
  const dropped = packets.find(({ comment }) => comment?.startsWith('Text frame 0'));
  expect(dropped?.comment).toBe('Text frame 0: sent at 20.750 ms, not carried by the link (This link is simplex).');
  const end = (dropped?.sequence ?? 0) + (dropped?.length ?? 0);
  const acknowledged = packets.filter(({ acknowledgement, flags }) => acknowledgement >= end && !(flags & Flag.fin));
  expect(acknowledged.filter(({ to }) => to === dropped?.from).at(0)?.sequence).toBeGreaterThan(0);
});

test('cuts the packet of a frame that the tap cut short, and keeps the place of those after it', () => {
  const [whole, part] = [readPcapng(toPcapng(every)).packets, readPcapng(toPcapng(cutCorpus())).packets];
  const places = (packets: ReadPacket[]) =>
    packets.filter(({ comment }) => comment).map(({ from, sequence, length }) => ({ from, sequence, length }));
  expect(places(part)).toEqual(places(whole));
  const long = part.find(({ length, data }) => data.length < length);
  expect(long?.comment).toMatch(/ The trace holds the first \d+ of \d+ bytes\.$/);
});

test('the corpus has more than 200 frames, every opcode, every form of the length, and messages in up to five fragments', () => {
  const frames = framesOf(every);
  expect(frames.length).toBeGreaterThan(200);
  expect(new Set(frames.map(({ opcode }) => opcode)).size).toBe(16);
  expect(frames.filter(({ length }) => length > 65_535).length).toBeGreaterThan(4);
  expect(frames.filter(({ length }) => length > 125 && length < 65_536).length).toBeGreaterThan(4);
  expect(frames.filter(({ opcode, fin }) => opcode === 0 && !fin).length).toBeGreaterThan(4);
});
