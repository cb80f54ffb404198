import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeFrame, FrameParser, mask, Opcode, opcodeName } from './frame.ts';
import { fromHex, toHex } from '../trace/trace.ts';

const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const parse = (hex: string) => new FrameParser().push(fromHex(hex));

describe("RFC 6455 §5.7's examples", () => {
  const key = fromHex('37 fa 21 3d');
  const examples = [
    { what: 'an unmasked text', hex: '81 05 48 65 6c 6c 6f', fields: { opcode: Opcode.text, payload: text('Hello') } },
    {
      what: 'a masked text',
      hex: '81 85 37 fa 21 3d 7f 9f 4d 51 58',
      fields: { opcode: Opcode.text, payload: text('Hello'), maskingKey: key },
    },
    { what: 'a first fragment', hex: '01 03 48 65 6c', fields: { opcode: Opcode.text, payload: text('Hel'), fin: false } },
    { what: 'a last fragment', hex: '80 02 6c 6f', fields: { opcode: Opcode.continuation, payload: text('lo') } },
    { what: 'a ping', hex: '89 05 48 65 6c 6c 6f', fields: { opcode: Opcode.ping, payload: text('Hello') } },
    {
      what: 'its masked pong',
      hex: '8a 85 37 fa 21 3d 7f 9f 4d 51 58',
      fields: { opcode: Opcode.pong, payload: text('Hello'), maskingKey: key },
    },
  ];

  test.each(examples)('$what encodes to the bytes of the RFC', ({ hex, fields }) => {
    expect(toHex(encodeFrame(fields))).toBe(hex.replaceAll(' ', ''));
  });

  test.each(examples)('the bytes of $what parse back to its fields', ({ hex, fields }) => {
    const frames = parse(hex);
    expect(frames).toHaveLength(1);
    expect(frames[0]).toMatchObject({ fin: true, rsv1: false, length: fields.payload.length, ...fields });
    expect(toHex(frames[0]?.bytes ?? new Uint8Array())).toBe(hex.replaceAll(' ', ''));
  });

  test('256 bytes of binary take the 16-bit length', () => {
    expect(toHex(encodeFrame({ opcode: Opcode.binary, payload: new Uint8Array(256) }).subarray(0, 4))).toBe('827e0100');
  });

  test('64 KiB of binary take the 64-bit length', () => {
    expect(toHex(encodeFrame({ opcode: Opcode.binary, payload: new Uint8Array(65536) }).subarray(0, 10))).toBe(
      '827f0000000000010000',
    );
  });
});

describe('encodeFrame', () => {
  test.each([
    [0, 2],
    [125, 2],
    [126, 4],
    [65535, 4],
    [65536, 10],
  ])('a payload of %i bytes has a header of %i, and 4 more when masked', (length, headerLength) => {
    const payload = new Uint8Array(length);
    expect(encodeFrame({ opcode: Opcode.binary, payload }).length).toBe(headerLength + length);
    expect(encodeFrame({ opcode: Opcode.binary, payload, maskingKey: new Uint8Array(4) }).length).toBe(headerLength + 4 + length);
  });

  test('an opcode of 16 is refused, and the error names the range', () => {
    expect(() => encodeFrame({ opcode: 16 })).toThrow(new RangeError('Cannot encode frame: opcode is 16; it takes 0 to 15'));
  });

  test('a masking key of 3 bytes is refused, and the error names the length', () => {
    expect(() => encodeFrame({ opcode: 1, maskingKey: new Uint8Array(3) })).toThrow(
      new RangeError('Cannot encode frame: masking key has 3 bytes; it takes 4'),
    );
  });
});

describe('FrameParser', () => {
  const anyFrame = fc.record({
    opcode: fc.integer({ min: 0, max: 15 }),
    fin: fc.boolean(),
    rsv1: fc.boolean(),
    rsv2: fc.boolean(),
    rsv3: fc.boolean(),
    payload: fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.constantFrom(125, 126, 127, 65535, 65536).map((n) => new Uint8Array(n)),
    ),
    maskingKey: fc.option(fc.uint8Array({ minLength: 4, maxLength: 4 }), { nil: undefined }),
  });

  test('any sequence of frames, cut into any chunks, parses to the frames that were encoded', () => {
    fc.assert(
      fc.property(
        fc.array(anyFrame, { maxLength: 6 }),
        fc.array(fc.nat(400), { minLength: 1, maxLength: 40 }),
        (fields, cuts) => {
          const encoded = fields.map(encodeFrame);
          const stream = Uint8Array.from(encoded.flatMap((bytes) => [...bytes]));
          const parser = new FrameParser();
          const frames = [];
          for (let at = 0, cut = 0; at < stream.length; cut++) {
            const size = Math.max(1, cuts[cut % cuts.length] ?? 1);
            frames.push(...parser.push(stream.subarray(at, at + size)));
            at += size;
          }
          expect(frames).toHaveLength(fields.length);
          frames.forEach((frame, i) => {
            expect(frame).toMatchObject({ ...fields[i], length: fields[i]?.payload.length });
            expect(frame.bytes).toEqual(encoded[i]);
          });
          expect(parser.idle).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('a chunk with half a header yields nothing and leaves the parser holding it', () => {
    const parser = new FrameParser();
    expect(parser.push(fromHex('81'))).toEqual([]);
    expect(parser.idle).toBe(false);
    expect(parser.push(fromHex('00'))).toHaveLength(1);
  });

  test('an announced length of 2^63 allocates nothing and is reported as never complete', () => {
    const parser = new FrameParser();
    expect(parser.push(fromHex('82 7f ff ff ff ff ff ff ff ff 01 02 03'))).toEqual([]);
    expect(parser.idle).toBe(false);
  });

  test('with keepBytes the payload is cut, while the length stays what was announced', () => {
    const bytes = encodeFrame({ opcode: Opcode.text, payload: text('Hello'), maskingKey: fromHex('37fa213d') });
    const [frame] = new FrameParser({ keepBytes: 2 }).push(bytes);
    expect(frame).toMatchObject({ length: 5, payload: text('He') });
    expect(frame?.bytes).toEqual(bytes.subarray(0, 8));
  });

  test('masking twice with one key gives the data back, from any offset', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.uint8Array({ minLength: 4, maxLength: 4 }), fc.nat(7), (data, key, offset) => {
        expect(mask(mask(data, key, offset), key, offset)).toEqual(data);
      }),
    );
  });
});

test('names each opcode, and calls an unknown one reserved', () => {
  expect([0, 1, 2, 8, 9, 10, 3].map(opcodeName)).toEqual([
    'continuation',
    'text',
    'binary',
    'close',
    'ping',
    'pong',
    'reserved 0x3',
  ]);
});
