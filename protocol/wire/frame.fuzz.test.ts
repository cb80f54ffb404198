import { describe, expect, test } from 'vitest';
import { encodeFrame, type Frame, type FrameFields, FrameParser } from './frame.ts';
import { seededRandom } from '../collections/seeded-random.ts';

type Random = () => number;
const below = (next: Random, most: number): number => Math.floor(next() * most);
const bytes = (next: Random, length: number): Uint8Array => Uint8Array.from({ length }, () => below(next, 256));

/** Returns a length: mostly short, sometimes where its encoding changes form. */
function length(next: Random): number {
  const kind = next();
  if (kind < 0.9) return below(next, 20);
  return kind < 0.998 ? 120 + below(next, 20) : 65_530 + below(next, 12);
}

function fields(next: Random): FrameFields & { payload: Uint8Array } {
  const size = length(next);
  const payload = size < 200 ? bytes(next, size) : new Uint8Array(size).fill(below(next, 256));
  const bits = below(next, 16);
  const maskingKey = next() < 0.5 ? bytes(next, 4) : undefined;
  return {
    opcode: below(next, 16),
    fin: bits > 7,
    rsv1: !!(bits & 1),
    rsv2: !!(bits & 2),
    rsv3: !!(bits & 4),
    payload,
    maskingKey,
  };
}

/** Parses the stream in chunks of random sizes, some of them empty. */
function parse(next: Random, stream: Uint8Array, parser: FrameParser): Frame[] {
  const frames: Frame[] = [];
  const widest = [1, 3, 40, 5000, stream.length + 1][below(next, stream.length > 2000 ? 5 : 4)] as number;
  const step = stream.length > 2000 ? Math.max(widest, 1000) : widest;
  for (let at = 0; at < stream.length;) {
    const size = below(next, step + 1);
    frames.push(...parser.push(stream.subarray(at, at + size)));
    at += size;
  }
  return frames;
}

/** Encodes, cuts and parses a sequence of frames, and returns what differs. */
function roundTrip(seed: number): string | undefined {
  const next = seededRandom(seed);
  const sent = Array.from({ length: 1 + below(next, 4) }, () => fields(next));
  const encoded = sent.map(encodeFrame);
  const parser = new FrameParser();
  const got = parse(next, Buffer.concat(encoded), parser);
  if (got.length !== sent.length) return `${got.length} frames of ${sent.length}`;
  if (!parser.idle) return 'the parser still waits';
  for (const [i, frame] of got.entries()) {
    const { payload, maskingKey, ...bits } = sent[i] as FrameFields & { payload: Uint8Array };
    for (const [name, value] of Object.entries(bits)) if (frame[name as keyof Frame] !== value) return `frame ${i}: ${name}`;
    if (Buffer.compare(frame.payload, payload) !== 0) return `frame ${i}: payload`;
    if (Buffer.compare(frame.bytes, encoded[i] as Uint8Array) !== 0) return `frame ${i}: bytes`;
    if (Buffer.compare(frame.maskingKey ?? bytes(next, 0), maskingKey ?? bytes(next, 0)) !== 0) return `frame ${i}: key`;
  }
  return undefined;
}

/** Parses random bytes, whole and cut. Returns what is wrong if the frames differ or are not the bytes that came. */
function garbage(seed: number): string | undefined {
  const next = seededRandom(seed);
  const stream = bytes(next, below(next, 120));
  const whole = new FrameParser({ keepBytes: 1000 }).push(stream);
  const cut = parse(next, stream, new FrameParser({ keepBytes: 1000 }));
  if (cut.length !== whole.length) return `${cut.length} frames, uncut ${whole.length}`;
  let at = 0;
  for (const [i, { bytes: seen }] of whole.entries()) {
    if (Buffer.compare(seen, stream.subarray(at, at + seen.length)) !== 0) return `frame ${i} is not what came`;
    if (Buffer.compare(seen, cut[i]?.bytes ?? new Uint8Array()) !== 0) return `frame ${i} changes with the cut`;
    at += seen.length;
  }
  return undefined;
}

/** Runs a check for many seeds. Fails with the first bad seed, to be kept below. */
function forSeeds(from: number, count: number, check: (seed: number) => string | undefined): void {
  for (let seed = from; seed < from + count; seed++) {
    const wrong = check(seed);
    if (wrong) expect.fail(`seed ${seed}: ${wrong}`);
  }
}

describe('FrameParser under random input', () => {
  test('100,000 random sequences of frames, chunked at random, parse to what was encoded', { timeout: 180_000 }, () => {
    forSeeds(1, 100_000, roundTrip);
  });

  test('20,000 random streams of bytes never throw, and yield the same frames however they are cut', { timeout: 180_000 }, () => {
    forSeeds(1_000_000, 20_000, garbage);
  });

  /** Seeds that failed once are kept here. None has yet. */
  test.each([0, -1, 2 ** 31 - 1])('seed %i holds', (seed) => {
    expect(roundTrip(seed)).toBeUndefined();
    expect(garbage(seed)).toBeUndefined();
  });
});
