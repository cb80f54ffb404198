import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeFrame } from '../../../protocol/wire/frame.ts';
import { fromHex } from '../../../protocol/trace/trace.ts';
import { anatomyOf } from './anatomy.ts';

describe('anatomy', () => {
  test.each([
    [5, 2],
    [126, 4],
    [0x10000, 10],
  ])('gives a payload of %d bytes a header of %d bytes', (length, header) => {
    const anatomy = anatomyOf(encodeFrame({ opcode: 2, payload: new Uint8Array(length) }));
    expect([anatomy.headerLength, anatomy.length, anatomy.unmasked.length]).toEqual([header, length, length]);
  });

  test('covers any frame of two bytes or more bit by bit, without gap or overlap', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 2, maxLength: 40 }), (bytes) => {
        const { fields, headerLength, length = 0 } = anatomyOf(bytes);
        let at = 0;
        for (const { from, to } of fields) {
          expect(from).toBe(at);
          at = to;
        }
        expect(at).toBe(8 * (headerLength + Math.min(length, Math.max(0, bytes.length - headerLength))));
      }),
    );
  });

  test('shows what is there when only the beginning of a frame was kept', () => {
    const key = Uint8Array.of(1, 2, 3, 4);
    const whole = encodeFrame({ opcode: 1, payload: new TextEncoder().encode('Hello, there'), maskingKey: key });
    const { unmasked, length } = anatomyOf(whole.subarray(0, 6 + 5));
    expect([new TextDecoder().decode(unmasked), length]).toEqual(['Hello', 12]);
  });

  test('says which fields of an incomplete header lack bytes', () => {
    const { fields, length } = anatomyOf(fromHex('81ff0000'));
    expect(length).toBeUndefined();
    expect(fields.filter(({ means }) => means === 'not whole').map(({ name }) => name)).toEqual([
      'extended payload length',
      'masking key',
    ]);
  });
});
