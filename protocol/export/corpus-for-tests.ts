/** Traces for the tests of the exports: the lessons' recorded ones, and one with every kind of frame there is. */
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { encodeFrame, type Frame, type FrameFields, FrameParser, isControl, Opcode } from '../wire/frame.ts';
import { acceptFor, asciiBytes } from '../wire/handshake.ts';
import { type Trace, type TraceEvent, emptyTrace, fromHex, readTrace, toHex } from '../trace/trace.ts';
import type { Direction } from '../wire/direction.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Returns the traces recorded for the lessons, each with its path. */
export function recordedTraces(): [path: string, trace: Trace][] {
  const paths = globSync('content/**/trace.json', { cwd: root }).sort();
  return paths.map((path) => [path, readTrace(readFileSync(`${root}/${path}`, 'utf8'))]);
}

const opcodes = Array.from({ length: 16 }, (_, opcode) => opcode);
/** Lengths around each step of the length encoding (RFC 6455 §5.2). */
const lengths = [0, 1, 2, 3, 4, 5, 124, 125, 126, 127, 128, 255, 256, 1000, 65_495, 65_534, 65_535, 65_536, 70_000];

const text = (length: number): Uint8Array =>
  asciiBytes('The quick brown fox jumps over the lazy dog. '.repeat(1600).slice(0, length));

/** Returns every kind of frame, in an order that a connection could have. */
export function everyFrame(direction: Direction): FrameFields[] {
  const frames: FrameFields[] = [];
  let next = direction === 'client-to-server' ? 1 : 77;
  const add = (fields: FrameFields): void => {
    next = (next * 16_807) % 2_147_483_647;
    const key = Uint8Array.from([next & 0xff, (next >> 8) & 0xff, (next >> 16) & 0xff, (next >> 24) & 0xff]);
    frames.push(direction === 'client-to-server' ? { ...fields, maskingKey: key } : fields);
  };
  const message = (opcode: number, parts: number[], between?: FrameFields): void => {
    parts.forEach((length, i) => {
      add({ opcode: i === 0 ? opcode : Opcode.continuation, payload: text(length), fin: i === parts.length - 1 });
      if (between && i < parts.length - 1) add(between);
    });
  };
  for (const length of lengths) for (const opcode of [Opcode.text, Opcode.binary]) message(opcode, [length]);
  for (const opcode of opcodes.filter((value) => value > 2 && value !== Opcode.close)) {
    for (const length of [0, 1, 125]) add({ opcode, payload: text(length) });
  }
  const ping = { opcode: Opcode.ping, payload: asciiBytes('still there?') };
  for (const parts of [
    [1, 1],
    [0, 0],
    [0, 5],
    [5, 0],
    [3, 2, 1],
    [200, 300],
    [66_000, 10],
    [1, 0, 1, 0, 1],
  ]) {
    for (const opcode of [Opcode.text, Opcode.binary]) {
      message(opcode, parts);
      message(opcode, parts, ping);
    }
  }
  add({ opcode: Opcode.close, payload: Uint8Array.from([0x03, 0xe8, ...asciiBytes('done')]) });
  return frames;
}

const key = 'dGhlIHNhbXBsZSBub25jZQ==';
const request = `GET /echo?a=b%20c HTTP/1.1\r\nHost: localhost:4321\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: ${key}\r\nSec-WebSocket-Version: 13\r\n\r\n`;
const response = `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${acceptFor(key)}\r\n\r\n`;

/** Returns a trace of one connection: its handshake, then these frames, alternating directions. Each takes 5 ms on the way. */
export function traceOf(fields: Record<Direction, FrameFields[]>, { keep = Infinity } = {}): Trace {
  const trace = emptyTrace();
  trace.connections.push({ id: 'A1', client: 'A', url: '/echo' });
  const events: TraceEvent[] = trace.events;
  const at = { connection: 'A1' };
  events.push({ ...at, time: 0, at: 'client', name: 'connection_started', url: '/echo' });
  const handshakes = [
    ['client-to-server', request, 'socket', 'server'],
    ['server-to-client', response, 'server', 'socket'],
  ] as const;
  handshakes.forEach(([direction, head, near, far], i) => {
    const bytes = toHex(asciiBytes(head));
    events.push({ ...at, time: 1 + 6 * i, at: near, name: 'handshake_sent', direction, bytes });
    events.push({ ...at, time: 6 + 6 * i, at: far, name: 'handshake_received', direction });
  });
  let time = 20;
  const most = Math.max(fields['client-to-server'].length, fields['server-to-client'].length);
  const counts = { 'client-to-server': -1, 'server-to-client': -1 };
  for (let frame = 0; frame < most; frame++) {
    for (const direction of ['client-to-server', 'server-to-client'] as const) {
      const field = fields[direction][frame];
      if (!field) continue;
      const [parsed] = new FrameParser({ keepBytes: keep }).push(encodeFrame(field)) as [Frame];
      const { fin, opcode, length } = parsed;
      if (!isControl(opcode) && opcode !== Opcode.continuation) counts[direction]++;
      const [near, far] = direction === 'client-to-server' ? (['socket', 'server'] as const) : (['server', 'socket'] as const);
      const rsv = (parsed.rsv1 ? 4 : 0) | (parsed.rsv2 ? 2 : 0) | (parsed.rsv3 ? 1 : 0);
      const captured = { fin, rsv, opcode, masked: parsed.maskingKey !== undefined, length, bytes: toHex(parsed.bytes) };
      const message = isControl(opcode) ? {} : { message: counts[direction] };
      events.push({ ...at, ...captured, ...message, time: (time += 0.75), at: near, name: 'frame_sent', direction, frame });
      events.push({ ...at, time: time + 5, at: far, name: 'frame_received', direction, frame });
    }
  }
  for (const end of ['server', 'client'] as const) {
    events.push({ ...at, time: (time += 10), at: end, name: 'connection_closed', code: 1000, reason: 'done', wasClean: true });
  }
  events.sort((a, b) => a.time - b.time);
  return trace;
}

const bothWays = () => ({
  'client-to-server': everyFrame('client-to-server'),
  'server-to-client': everyFrame('server-to-client'),
});

/** Returns a trace with every frame, both ways on one connection. */
export const corpus = (): Trace => traceOf(bothWays());

/** Returns the same trace as if the tap had kept only the beginning of each frame. */
export const cutCorpus = (): Trace => traceOf(bothWays(), { keep: 64 });

/** Returns true if the trace holds every frame to its last byte: the tap keeps only the beginning of long ones. */
export function isWhole(trace: Trace): boolean {
  return trace.events.every((event) => event.name !== 'frame_sent' || new FrameParser().push(fromHex(event.bytes)).length === 1);
}

/** A frame of a trace as another program should read it. */
export interface FrameFacts {
  connection: string;
  direction: Direction;
  fin: boolean;
  rsv: number;
  opcode: number;
  /** Hexadecimal; undefined if the frame is not masked. */
  key: string | undefined;
  length: number;
  /** Unmasked, hexadecimal. */
  payload: string;
}

/** Returns the frames of a trace in order of time, parsed again from their bytes. */
export function framesOf(trace: Trace): FrameFacts[] {
  const sent = trace.events.filter((event) => event.name === 'frame_sent').sort((a, b) => a.time - b.time);
  return sent.map(({ connection, direction, bytes }) => {
    const [frame] = new FrameParser().push(fromHex(bytes)) as [Frame];
    return {
      connection,
      direction,
      fin: frame.fin,
      rsv: (frame.rsv1 ? 4 : 0) | (frame.rsv2 ? 2 : 0) | (frame.rsv3 ? 1 : 0),
      opcode: frame.opcode,
      key: frame.maskingKey && toHex(frame.maskingKey),
      length: frame.length,
      payload: toHex(frame.payload),
    };
  });
}
