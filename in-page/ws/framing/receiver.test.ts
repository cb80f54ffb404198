import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeFrame } from '../../../protocol/wire/frame.ts';
import { concatBytes } from '../../../protocol/collections/concat-bytes.ts';
import { endDefaults } from '../constants.ts';
import { Receiver } from './receiver.ts';

const frame = fc.record({
  opcode: fc.constantFrom(0, 1, 2, 3, 8, 9, 10),
  fin: fc.boolean(),
  payload: fc.uint8Array({ maxLength: 200 }),
  maskingKey: fc.uint8Array({ minLength: 4, maxLength: 4 }),
});

/** Returns what a receiver tells of these pieces of a stream. */
function told(pieces: Uint8Array[]): string[] {
  const heard: string[] = [];
  const text = (bytes: unknown): string => Array.from(bytes as Uint8Array).join();
  const receiver = new Receiver(
    {
      ...endDefaults,
      maxPayload: 300,
      isServer: true,
      binaryType: 'nodebuffer',
      tick: (act) => act(),
      immediate: (act) => act(),
    },
    {
      message: (data, isBinary) => heard.push(`message ${text(data)} ${isBinary}`),
      ping: (data) => heard.push(`ping ${text(data)}`),
      pong: (data) => heard.push(`pong ${text(data)}`),
      conclude: (code, reason) => heard.push(`conclude ${code} ${text(reason)}`),
      error: (error) => heard.push(`${error.code} ${error.closeCode}`),
    },
  );
  for (const piece of pieces) receiver.write(piece);
  return heard;
}

test('a receiver tells the same, however the stream is cut', () => {
  fc.assert(
    fc.property(fc.array(frame, { maxLength: 6 }), fc.array(fc.nat(30), { maxLength: 20 }), (frames, cuts) => {
      const stream = concatBytes(frames.map((fields) => encodeFrame(fields)));
      const pieces: Uint8Array[] = [];
      let at = 0;
      for (const length of cuts) {
        pieces.push(stream.slice(at, at + length));
        at += length;
      }
      pieces.push(stream.slice(at));
      const whole = told([stream]);
      expect(told(pieces)).toEqual(whole);
      expect(whole.length).toBeLessThanOrEqual(frames.length);
    }),
  );
});

test('a receiver whose listener threw tells nothing more, and is never over', () => {
  const heard: string[] = [];
  const listener = {
    message: (data: unknown) => {
      heard.push(String(data));
      if (String(data) === 'throw') throw new Error('of the program');
    },
    ping: () => heard.push('ping'),
    pong: () => heard.push('pong'),
    conclude: () => heard.push('conclude'),
    error: () => heard.push('error'),
  };
  const parts = { ...endDefaults, isServer: false, binaryType: 'nodebuffer' as const, tick: (act: () => void) => act() };
  const receiver = new Receiver({ ...parts, immediate: (act) => act() }, listener);
  const text = (words: string): Uint8Array => encodeFrame({ opcode: 1, payload: new TextEncoder().encode(words) });
  receiver.write(text('fine'));
  expect(() => receiver.write(concatBytes([text('throw'), text('behind it')]))).toThrow('of the program');
  receiver.write(text('later'));
  receiver.end();
  receiver.whenOver(() => heard.push('over'));
  expect(heard).toEqual(['fine', 'throw']);
});
