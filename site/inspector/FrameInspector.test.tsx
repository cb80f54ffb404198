// Longer than most files: one test for each kind of frame that can be inspected.
import { render } from 'preact-render-to-string';
import { describe, expect, test } from 'vitest';
import type { Flight } from '../../protocol/trace/flight.ts';
import { encodeFrame, type FrameFields } from '../../protocol/wire/frame.ts';
import { growth, linear } from '../../protocol/testing/growth-for-tests.ts';
import { toHex } from '../../protocol/trace/trace.ts';
import { FlightDetails } from './FlightDetails.tsx';
import { FrameInspector } from './FrameInspector.tsx';
import { knownBefore } from './frame/receiving.ts';

const clock = { offsetMs: 0, uncertaintyMs: 0.2 };
const key = Uint8Array.of(0x37, 0xfa, 0x21, 0x3d);
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Test data: a frame as the tap would have captured it, by default carrying "Hello" of RFC 6455 §5.7. */
function flight(fields: Partial<FrameFields> = {}, changes: Partial<Flight> = {}): Flight {
  const { opcode = 1, payload = utf8('Hello'), fin = true } = fields;
  const up = changes.direction !== 'server-to-client';
  const bytes = toHex(encodeFrame({ opcode, payload, fin, ...(up && { maskingKey: key }) }));
  const frame = changes.frame ?? 0;
  return {
    id: `A1 ${frame}`,
    connection: 'A1',
    direction: 'client-to-server',
    kind: 'frame',
    frame,
    captured: { fin, rsv: 0, opcode, masked: up, length: payload.length, bytes },
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

function handshake(http: string, direction: Flight['direction']): Flight {
  const captured = { fin: true, rsv: 0, opcode: 0, masked: false, length: http.length, bytes: Buffer.from(http).toString('hex') };
  return flight({}, { id: direction, kind: 'handshake', frame: -1, direction, captured, length: http.length });
}

const html = (shown: Flight, flights: Flight[] = []): string =>
  render(<FlightDetails flight={shown} flights={[...flights, shown]} clock={clock} />);
const text = (shown: Flight, flights: Flight[] = []): string =>
  html(shown, flights)
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');

describe('the inspector', () => {
  test('is a region named Frame, and says what to do while it is empty', () => {
    expect(render(<FrameInspector flight={undefined} clock={clock} />)).toMatch(
      /<section[^>]*aria-label="Frame"[^>]*>.*Choose a frame on the timeline\./,
    );
  });

  test.each([
    [1000, '1000: normal closure. The purpose of the connection has been fulfilled. §7.4.1'],
    [1012, '1012: service restart. The server is restarting; come back after a random pause. §7.4.2'],
    [4001, '4001: private use. Agreed between this client and this server. §7.4.2'],
    [5000, '5000: reserved. Not defined. §11.7'],
  ])('says what close code %d means, and where its range is defined', (code, words) => {
    expect(text(flight({ opcode: 8, payload: Uint8Array.of(code >> 8, code & 0xff) }))).toContain(words);
  });

  test('shows each field of a masked text frame with value, meaning and section', () => {
    const shown = text(flight());
    for (const part of [
      'Text frame: 5 bytes of payload client A → server, connection A1',
      'FIN 1 the message ends with this frame §5.2',
      'RSV1 0 no extension uses it §5.2',
      'opcode 0x1 text: a data frame §5.6',
      'MASK 1 payload is masked, as from a client §5.1',
      'payload len 5 bytes of payload: up to 125 fit in these 7 bits §5.2',
      'masking key 37 fa 21 3d byte i of the payload is XORed with byte i mod 4 of the key §5.3',
      'payload data 5 bytes what the frame carries §5.2',
      'Breaks no rule of RFC 6455.',
    ]) {
      expect(shown).toContain(part);
    }
  });

  test('shows bytes on the wire, unmasked and as text in one row', () => {
    const row = text(flight()).replace(/\s/g, '');
    expect(row).toContain('081 85 37 fa 21 3d 7f 9f 48 65 H e'.replace(/\s/g, ''));
    expect(row).toContain('8 4d 51 58 6c 6c 6f l l o'.replace(/\s/g, ''));
  });

  test('has a button for each bit of the header and of a payload byte, and one of them is a tab stop', () => {
    const buttons = html(flight()).match(/<button[^>]*aria-pressed[^>]*aria-label="[^"]*: [01]"[^>]*>/g) ?? [];
    expect(buttons).toHaveLength(8 * (6 + 1));
    expect(buttons.filter((button) => button.includes('tabindex="0"'))).toHaveLength(1);
    expect(buttons[0]).toContain('aria-label="FIN: 1"');
    expect(buttons[4]).toContain('aria-label="opcode, bit 0 of 4: 0"');
  });

  test('links each section to its place in the RFC', () => {
    expect(html(flight())).toContain('href="https://www.rfc-editor.org/rfc/rfc6455.html#section-5.3"');
  });

  test('gives the times at both ends, and how sure the time between them is', () => {
    expect(text(flight())).toMatch(/Sent 100\.00 ms Received 600\.50 ms One way 500\.50 ms ± 0\.20 ms/);
  });

  test('says that a message is not captured yet', () => {
    expect(text(flight({}, { captured: undefined, receivedAt: undefined }))).toContain('not yet captured');
  });

  test('says why a frame was dropped', () => {
    const dropped = { at: 100, reason: 'The link is simplex.' };
    expect(text(flight({}, { receivedAt: undefined, dropped }))).toContain('Dropped 100.00 ms: The link is simplex.');
  });

  test('judges by the bytes that the tap kept, and says so', () => {
    const whole = flight();
    const captured = { ...(whole.captured as NonNullable<Flight['captured']>), length: 3000 };
    captured.bytes = `81fe0bb8${captured.bytes.slice(4)}`;
    const shown = text({ ...whole, captured, length: 3000 });
    expect(shown).toContain('Judged by the first 13 bytes: the tap kept no more.');
    expect(shown).not.toContain('waits');
  });
});

describe('a frame of megabytes', () => {
  const large = (size: number, fields: Partial<FrameFields> = {}): Flight =>
    flight({ payload: utf8('ä'.repeat(size)), ...fields });

  test.each([
    ['text', {}],
    ['binary', { opcode: 2 }],
    ['a Close frame that breaks a rule', { opcode: 8 }],
    ['the continuation of a text', { opcode: 0 }],
  ])('shows only its beginning, and how much more there is: %s', (_, fields) => {
    const opening = flight({ payload: utf8('a'), fin: false });
    const shown = html({ ...large(200_000, fields), frame: 1 }, [opening]);
    expect(shown.length).toBeLessThan(80_000);
    expect(shown).toContain('The first 128 of 400014 bytes.');
  });

  test('is taken apart and judged in time proportional to its size', () => {
    const work = (fields: Partial<FrameFields>) => (size: number) => html.bind(undefined, large(size, fields), undefined);
    for (const opcode of [1, 2, 8]) expect(growth(work({ opcode }), 4000)).toBeLessThan(linear);
  });

  test('is not shown whole as text unless the reader asks', () => {
    const shown = text(large(200_000));
    expect(shown).toContain('196,000 characters more');
  });
});

test('going back through a message takes time proportional to its number of frames', () => {
  const fragments = (size: number): Flight[] =>
    Array.from({ length: size }, (_, frame) => flight({ fin: false, opcode: frame === 0 ? 1 : 0 }, { frame, message: 0 }));
  const work = (size: number) => {
    const flights = fragments(size);
    return () => knownBefore(flights.at(-1) as Flight, flights);
  };
  expect(growth(work, 500)).toBeLessThan(linear);
});

test('looks up at once a frame number that no connection reaches, as a hand-written trace may have', () => {
  const far = flight({ opcode: 8 }, { frame: 2 ** 31 });
  expect(knownBefore(flight({}, { frame: 2 ** 31 + 1 }), [far])).toBeUndefined();
});

describe('a head of megabytes', () => {
  test('shows only its first lines, and only the beginning of each', () => {
    const fields = `${'X-Own: 1\r\n'.repeat(5000)}`;
    const shown = html(handshake(`GET / HTTP/1.1\r\nX-Long: ${'x'.repeat(1_000_000)}\r\n${fields}\r\n`, 'client-to-server'));
    expect(shown.length).toBeLessThan(80_000);
    expect(shown).toContain('The first 60 of 5001 fields.');
    expect(shown).toContain('999,400 characters more');
  });

  test('stays short even when its key is long', () => {
    const shown = html(handshake(`GET / HTTP/1.1\r\nSec-WebSocket-Key: ${'x'.repeat(300_000)}\r\n\r\n`, 'client-to-server'));
    expect(shown.length).toBeLessThan(80_000);
  });
});

describe('text that does not end at the edge of a frame', () => {
  const opening = flight({ payload: utf8('5 €').subarray(0, 4), fin: false });
  const ending = flight({ opcode: 0, payload: utf8('€!').subarray(2) }, { frame: 1 });

  test('says how many bytes of a character it holds when it ends inside one', () => {
    expect(text(opening)).toContain('Ends inside a character: 2 of 3 bytes. The rest is in the next frame of the message.');
  });

  test('says how many bytes came before when it begins inside a character', () => {
    const shown = text(ending, [opening]);
    expect(shown).toContain('Begins inside a character: 2 of its 3 bytes came before.');
    expect(shown).toContain('Breaks no rule of RFC 6455.');
  });

  test('is not judged when a frame before it is unknown', () => {
    expect(text(ending)).toContain('Not judged: the tap did not capture all frames before this one.');
  });

  test('breaks a rule when the message ends inside a character', () => {
    const shown = text(flight({ payload: utf8('€').subarray(0, 2) }));
    expect(shown).toContain('The text ends inside a character: 2 of 3 bytes.');
    expect(shown).toMatch(/§8\.1 The server closes with 1007, invalid payload/);
  });
});

describe('a close frame', () => {
  const close = (...payload: number[]): string => text(flight({ opcode: 8, payload: Uint8Array.from(payload) }));

  test('shows what its code means, who may send it, and its reason', () => {
    const shown = close(0x03, 0xf4, 0x6e, 0x6f);
    expect(shown).toContain('1012: service restart');
    expect(shown).toContain('Who may send it A server.');
    expect(shown).toContain('Reason no');
  });

  test('says when its code never goes over the wire, and that this breaks a rule', () => {
    const shown = close(0x03, 0xee);
    expect(shown).toContain('Nobody: it never goes over the wire.');
    expect(shown).toContain('1006 is a reserved value and MUST NOT be set as a status code in a Close control frame');
  });

  test('says what the other end reports when it has no body', () => {
    expect(close()).toContain('the other end reports 1005, which never goes over the wire');
  });
});

describe('a handshake', () => {
  const request = handshake(
    'GET /<b>chat HTTP/1.1\r\nHost: example.com\r\nUpgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nX-Own: 1\r\n\r\n',
    'client-to-server',
  );
  const answer = (accept: string): Flight =>
    handshake(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
      'server-to-client',
    );

  test('is shown line by line with the purpose of each line, and never as markup', () => {
    expect(html(request)).toContain('GET /&lt;b>chat HTTP/1.1');
    expect(text(request)).toContain('Upgrade: websocket Names the protocol to switch to: websocket. §4.1');
    expect(text(request)).toContain('X-Own: 1 Not part of the handshake.');
  });

  test("has its accept key worked out in steps, and compared with the response's", () => {
    const shown = text(answer('s3pPLMBiTxaQ9kYGzzhZRbK+xOo='), [request]);
    for (const step of [
      'dGhlIHNhbXBsZSBub25jZQ==258EAFA5-E914-47DA-95CA-C5AB0DC85B11',
      'b3 7a 4f 2c c0 62 4f 16 90 f6 46 06 cf 38 59 45 b2 be c4 ea',
      's3pPLMBiTxaQ9kYGzzhZRbK+xOo=',
      "The response's Sec-WebSocket-Accept is equal to it.",
    ]) {
      expect(shown).toContain(step);
    }
  });

  test('says when the accept key in the response differs', () => {
    expect(text(request, [answer('AAAA')])).toContain('The response says AAAA, which is not equal to it');
  });

  test('says that the response is not captured while there is none', () => {
    expect(text(request)).toContain('The response was not captured.');
  });
});
