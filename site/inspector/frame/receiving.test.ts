import { describe, expect, test } from 'vitest';
import { encodeFrame } from '../../../protocol/wire/frame.ts';
import { receivingStart } from '../../../protocol/wire/rules.ts';
import { receive } from './receiving.ts';

/** "Hello" of RFC 6455 §5.7, masked. */
const hello = encodeFrame({
  opcode: 1,
  payload: new TextEncoder().encode('Hello'),
  maskingKey: Uint8Array.of(0x37, 0xfa, 0x21, 0x3d),
});

/** Returns what a server makes of "Hello" with these bits flipped. */
function flipping(...bits: number[]): { sections: string[]; frames: number; waitsFor: number; unread: number } {
  const bytes = hello.slice();
  for (const bit of bits) bytes[bit >> 3] = (bytes[bit >> 3] as number) ^ (0x80 >> (bit & 7));
  const { frames, waitsFor, unread } = receive(bytes, receivingStart('client-to-server'));
  const sections = frames.flatMap(({ violations }) => violations.map(({ section, closeCode }) => `${section} → ${closeCode}`));
  return { sections, frames: frames.length, waitsFor, unread };
}

describe('a frame with bits flipped, as its receiver reads it', () => {
  test('breaks nothing when untouched', () => {
    expect(flipping()).toEqual({ sections: [], frames: 1, waitsFor: 0, unread: 0 });
  });

  test('FIN: the frame begins a message and breaks nothing', () => {
    expect(flipping(0)).toEqual({ sections: [], frames: 1, waitsFor: 0, unread: 0 });
  });

  test.each([1, 2, 3])('RSV%d breaks §5.2', (bit) => {
    expect(flipping(bit).sections).toEqual(['5.2 → 1002']);
  });

  test('MASK: the key becomes payload, and the receiver does not read the bytes behind it', () => {
    expect(flipping(8)).toMatchObject({ sections: ['5.1 → 1002', '8.1 → 1007'], frames: 1, unread: 4 });
  });

  test('a length that is too great: the receiver waits', () => {
    expect(flipping(14)).toEqual({ sections: [], frames: 0, waitsFor: 2, unread: 0 });
  });

  test('a length too small: the receiver reads the bytes behind it as the next frame', () => {
    expect(flipping(15)).toEqual({ sections: [], frames: 1, waitsFor: 1, unread: 0 });
  });

  test('a control opcode: the receiver judges it before the payload is complete', () => {
    // Opcode 9, with a 16-bit length read from what was the masking key.
    expect(flipping(4, 7, 9, 10, 11, 12, 14, 15).sections).toContain('5.5 → 1002');
  });

  test('a bit of the masking key or of the payload: one byte of text changes', () => {
    expect(flipping(16).sections).toEqual(['8.1 → 1007']);
    expect(flipping(48 + 7).sections).toEqual([]);
  });
});
