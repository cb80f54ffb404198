import { render } from 'preact-render-to-string';
import { describe, expect, test } from 'vitest';
import type { Flight } from '../../protocol/flight.ts';
import { encodeFrame } from '../../protocol/frame.ts';
import { toHex } from '../../protocol/trace.ts';
import { anatomyOf } from './anatomy.ts';
import { FrameInspector } from './FrameInspector.tsx';

const clock = { offsetMs: 0, uncertaintyMs: 0.2 };
const key = Uint8Array.of(0x37, 0xfa, 0x21, 0x3d);

/** Test data: a frame as the tap would have captured it, with "Hello" of RFC 6455 §5.7 in it where nothing else is said. */
function flight(changes: Partial<Flight> = {}, opcode = 1, payload = new TextEncoder().encode('Hello'), masked = true): Flight {
  const bytes = toHex(encodeFrame({ opcode, payload, maskingKey: masked ? key : undefined }));
  return {
    id: 'A1 0',
    connection: 'A1',
    direction: masked ? 'client-to-server' : 'server-to-client',
    kind: 'frame',
    frame: 0,
    captured: { fin: true, rsv: 0, opcode, masked, length: payload.length, bytes },
    message: 0,
    messageKind: 'text',
    length: payload.length,
    sentAt: 100,
    departedAt: 100,
    receivedAt: 600.5,
    dropped: undefined,
    ...changes,
  };
}

const text = (shown: Flight | undefined): string =>
  render(<FrameInspector flight={shown} clock={clock} />)
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');

describe('the inspector', () => {
  test('is a region named Frame, and says what to do while it is empty', () => {
    expect(render(<FrameInspector flight={undefined} clock={clock} />)).toMatch(
      /<section[^>]*aria-label="Frame"[^>]*>.*Choose a frame on the timeline\./,
    );
  });

  test('shows a masked text frame field by field, masked and unmasked', () => {
    const shown = text(flight());
    for (const part of [
      'Text frame: 5 bytes of payload client A → server, connection A1',
      'FIN 1: the last frame of its message',
      'RSV 000',
      'Opcode 0x1: text',
      'key 37 fa 21 3d',
      '5 bytes, in the 7-bit form',
      '6 + 5 = 11 bytes',
      '7f 9f 4d 51 58',
      '48 65 6c 6c 6f',
      'Hell o',
    ]) {
      expect(shown.replace(/\s/g, '')).toContain(part.replace(/\s/g, ''));
    }
  });

  test('gives the times at both ends, and how sure the time between them is', () => {
    expect(text(flight())).toMatch(/Sent 100\.00 ms Received 600\.50 ms One way 500\.50 ms ± 0\.20 ms/);
  });

  test('explains a close code', () => {
    const shown = text(flight({}, 8, Uint8Array.of(0x03, 0xf4, 0x6e, 0x6f)));
    expect(shown).toContain('1012: service restart');
    expect(shown).toContain('Reason no');
  });

  test('shows a handshake as the HTTP that it is, never as markup', () => {
    const http = 'GET /<b>echo HTTP/1.1\r\nUpgrade: websocket\r\n\r\n';
    const captured = {
      fin: true,
      rsv: 0,
      opcode: 0,
      masked: false,
      length: http.length,
      bytes: Buffer.from(http).toString('hex'),
    };
    const html = render(<FrameInspector flight={flight({ kind: 'handshake', captured, length: http.length })} clock={clock} />);
    expect(html).toContain('GET /&lt;b>echo HTTP/1.1');
    expect(html).toContain('Upgrade: websocket');
  });

  test('says that a message is not captured yet', () => {
    expect(text(flight({ captured: undefined, receivedAt: undefined }))).toContain('not yet captured');
  });

  test('says why a frame was dropped', () => {
    expect(text(flight({ receivedAt: undefined, dropped: { at: 100, reason: 'The link is simplex.' } }))).toContain(
      'Dropped 100.00 ms: The link is simplex.',
    );
  });
});

describe('anatomy', () => {
  test.each([
    [5, 7, 2],
    [126, 16, 4],
    [0x10000, 64, 10],
  ])('of %d bytes: the length is in the %d-bit form, and the header has %d bytes', (length, lengthBits, header) => {
    const anatomy = anatomyOf(flight({}, 2, new Uint8Array(length), false).captured as NonNullable<Flight['captured']>);
    expect([anatomy.lengthBits, anatomy.header.length, anatomy.payload.length]).toEqual([lengthBits, header, length]);
  });

  test('the bits of the first two bytes, in order, are those bytes', () => {
    const { fields, header } = anatomyOf(flight().captured as NonNullable<Flight['captured']>);
    const bits = fields.map((field) => field.bits).join('');
    expect([Number.parseInt(bits.slice(0, 8), 2), Number.parseInt(bits.slice(8), 2)]).toEqual([...header.subarray(0, 2)]);
  });

  test('of a frame of which only the beginning was kept shows what is there', () => {
    const whole = flight({}, 1, new TextEncoder().encode('Hello, there')).captured as NonNullable<Flight['captured']>;
    const { unmasked, length } = anatomyOf({ ...whole, bytes: whole.bytes.slice(0, 2 * (6 + 5)) });
    expect([new TextDecoder().decode(unmasked), length]).toEqual(['Hello', 12]);
  });
});
