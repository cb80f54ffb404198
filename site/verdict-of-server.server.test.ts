import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { encodeFrame, type Frame, FrameParser, isControl, Opcode } from '../protocol/wire/frame.ts';
import { receivingStart } from '../protocol/wire/rules.ts';
import { fromHex, toHex } from '../protocol/trace/trace.ts';
import { connect, startServer } from '../sandbox-server/testing/client.ts';
import { receive } from './inspector/frame/receiving.ts';

const maxMessageBytes = 65_536;
let running: Awaited<ReturnType<typeof startServer>>;
beforeAll(async () => void (running = await startServer({ maxMessageBytes, messagesPerSecond: 0 })));
afterAll(async () => await running[Symbol.asyncDispose]());

/** Returns the code of the Close frame that the real server answers bytes with, over `/raw`; undefined when it sends none. */
async function codeOfServer(bytes: Uint8Array): Promise<number | undefined> {
  const client = await connect(`${running.origin}/raw`);
  for (let at = 0; at < bytes.length; at += 32_768) client.socket.send(bytes.subarray(at, at + 32_768));
  client.socket.send('end');
  await client.closed;
  return closeIn(new FrameParser().push(fromHex(client.messages.all.join(''))));
}

function closeIn(frames: readonly Frame[]): number | undefined {
  const close = frames.find(({ opcode }) => opcode === Opcode.close);
  if (!close) return undefined;
  return close.payload.length < 2 ? 1005 : (close.payload[0] as number) * 256 + (close.payload[1] as number);
}

/** Returns the code that follows from what the inspector says about the bytes. */
function codeOfVerdict(bytes: Uint8Array): number | undefined {
  const { frames, unfinished } = receive(bytes, receivingStart('client-to-server'));
  const broken = frames.at(-1)?.violations[0]?.closeCode;
  if (broken !== undefined) return broken;
  // A server answers an orderly close with the same code (RFC 6455 §5.5.1).
  const closed = closeIn(new FrameParser().push(bytes));
  if (closed !== undefined) return closed;
  // No rule bounds a message; this server does.
  let message = 0;
  for (const { opcode, fin, length } of unfinished ? [...frames, unfinished] : frames) {
    if (isControl(opcode)) continue;
    message += length ?? 0;
    if (message > maxMessageBytes) return 1009;
    if (fin) message = 0;
  }
  return undefined;
}

const flipped = (bytes: Uint8Array, ...bits: number[]): Uint8Array => {
  const changed = bytes.slice();
  for (const bit of bits) changed[bit >> 3] = (changed[bit >> 3] as number) ^ (0x80 >> (bit & 7));
  return changed;
};

/** As the inspector shows them: the frame of RFC 6455 §5.7, and one with each form of the length. */
const key = Uint8Array.of(0x37, 0xfa, 0x21, 0x3d);
const text = (length: number): Uint8Array => new TextEncoder().encode('Hello'.repeat(length / 5 + 1).slice(0, length));
const samples: [name: string, bytes: Uint8Array][] = [
  ['a text of 5 bytes', encodeFrame({ opcode: Opcode.text, payload: text(5), maskingKey: key })],
  ['a text of 200 bytes', encodeFrame({ opcode: Opcode.text, payload: text(200), maskingKey: key })],
  ['a text of 65,536 bytes', encodeFrame({ opcode: Opcode.text, payload: text(65_536), maskingKey: key })],
  ['a fragment', encodeFrame({ opcode: Opcode.binary, payload: text(7), fin: false, maskingKey: key })],
  ['a ping', encodeFrame({ opcode: Opcode.ping, payload: text(4), maskingKey: key })],
  ['a Close frame', encodeFrame({ opcode: Opcode.close, payload: Uint8Array.of(0x03, 0xe8, 0x62, 0x79), maskingKey: key })],
];

describe('the verdict of the inspector matches what the server does', () => {
  test.each(samples)('with each bit of the header of %s flipped', async (_, bytes) => {
    const wrong: string[] = [];
    for (let bit = 0; bit < 8 * 14; bit++) {
      const changed = flipped(bytes, bit);
      const [expected, real] = [codeOfVerdict(changed), await codeOfServer(changed)];
      if (expected !== real) wrong.push(`bit ${bit}, ${toHex(changed.subarray(0, 16))}: ${expected}, and it was ${real}`);
    }
    expect(wrong).toEqual([]);
  });

  test('with a 64-bit length whose first bit is set, as soon as the length is there, and not before', async () => {
    for (const [hex, code] of [
      ['81ff80000000000000', undefined],
      ['81ff8000000000000005', 1002],
      ['81ff800000000000000537fa213d', 1002],
      ['81ff0000000000000005', 1002],
      ['81ff0001000000000000', 1009],
      ['81fe0005', 1002],
      ['81fe', undefined],
      ['89fe', 1002],
      ['0185', undefined],
      ['c1', undefined],
      ['c185', 1002],
      ['8801', 1002],
      ['8881', 1002],
    ] as const) {
      expect([hex, codeOfVerdict(fromHex(hex))]).toEqual([hex, code]);
      expect([hex, await codeOfServer(fromHex(hex))]).toEqual([hex, code]);
    }
  });

  test('for frames with random headers, whole or cut off anywhere', { timeout: 300_000 }, async () => {
    const frame = fc
      .record({
        first: fc.oneof(fc.nat(255), fc.constantFrom(0x81, 0x82, 0x01, 0x80, 0x00, 0x89, 0x8a, 0x88)),
        mask: fc.oneof({ arbitrary: fc.constant(0x80), weight: 6 }, { arbitrary: fc.constant(0), weight: 1 }),
        form: fc.constantFrom(0, 2, 8),
        length: fc.oneof(fc.nat(130), fc.constantFrom(0, 1, 2, 125, 126, 65_535, 65_536, 2 ** 31)),
        isNegative: fc.oneof({ arbitrary: fc.constant(false), weight: 5 }, { arbitrary: fc.constant(true), weight: 1 }),
        payload: fc.uint8Array({ maxLength: 130 }),
        isAscii: fc.boolean(),
      })
      .map(({ first, mask, form, length, isNegative, payload, isAscii }) => {
        const short = form === 0 ? length & 0x7f : form === 2 ? 126 : 127;
        const extended = Buffer.alloc(form);
        if (form === 2) extended.writeUInt16BE(length & 0xffff);
        if (form === 8) extended.writeBigUInt64BE(BigInt(length) | (isNegative ? 1n << 63n : 0n));
        const announced = short < 126 ? short : form === 2 ? length & 0xffff : length;
        const there = payload.subarray(0, announced).map((byte) => (isAscii ? byte & 0x7f : byte));
        const all = announced <= 130 ? Buffer.concat([there, Buffer.alloc(announced - there.length, 0x61)]) : there;
        // With the key 0, masking changes nothing.
        return Buffer.concat([Buffer.of(first, mask | short), extended, Buffer.alloc(mask ? 4 : 0), all]);
      });
    await fc.assert(
      fc.asyncProperty(
        fc.array(frame, { minLength: 1, maxLength: 4 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        async (frames, part) => {
          const all = Buffer.concat(frames);
          for (const bytes of [all, all.subarray(0, Math.floor(part * all.length))]) {
            if (bytes.length === 0) continue;
            expect(await codeOfServer(bytes)).toBe(codeOfVerdict(bytes));
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
