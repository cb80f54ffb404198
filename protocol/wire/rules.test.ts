import { describe, expect, test } from 'vitest';
import { encodeFrame, type Frame, type FrameFields, FrameParser, Opcode } from './frame.ts';
import { receivingStart, stateAfter, violations } from './rules.ts';
import { fromHex } from '../trace/trace.ts';

const key = Uint8Array.of(0x37, 0xfa, 0x21, 0x3d);
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const parsed = (bytes: Uint8Array): Frame => new FrameParser().push(bytes)[0] as Frame;
const fromClient = (fields: FrameFields): Frame => parsed(encodeFrame({ maskingKey: key, ...fields }));
const close = (code: number, reason = ''): Uint8Array => Uint8Array.of(code >> 8, code & 0xff, ...utf8(reason));

/** Returns `5.1 → 1002` for each rule that the last frame breaks, after the frames before it. */
function broken(frames: Frame[], state = receivingStart('client-to-server')): string[] {
  const last = frames.at(-1) as Frame;
  for (const frame of frames.slice(0, -1)) state = stateAfter(frame, state);
  return violations(last, state).map(({ rfc, section, closeCode }) => `${rfc ? `RFC ${rfc} ` : ''}${section} → ${closeCode}`);
}

const text = fromClient({ opcode: Opcode.text, payload: utf8('Hello') });
const opening = fromClient({ opcode: Opcode.text, fin: false, payload: utf8('Hel') });
const last = fromClient({ opcode: Opcode.continuation, payload: utf8('lo') });
const ping = fromClient({ opcode: Opcode.ping });

describe('lawful frames break no rule', () => {
  test.each([
    ['a masked text from a client', [text]],
    ['a fragmented message with a ping inside', [opening, ping, last]],
    ['a message after a message', [opening, last, text]],
    ['125 bytes in a control frame', [fromClient({ opcode: Opcode.ping, payload: new Uint8Array(125) })]],
    ['a Close frame without a body', [fromClient({ opcode: Opcode.close })]],
    ['a Close frame with a reason', [fromClient({ opcode: Opcode.close, payload: close(1000, 'bye') })]],
    ['the 16-bit form from 126 bytes', [fromClient({ opcode: Opcode.binary, payload: new Uint8Array(126) })]],
    ['the 64-bit form from 65536 bytes', [fromClient({ opcode: Opcode.binary, payload: new Uint8Array(0x10000) })]],
    ['bytes that are not UTF-8 in a binary frame', [fromClient({ opcode: Opcode.binary, payload: Uint8Array.of(0xff) })]],
    ['a Close frame after a Close frame', [fromClient({ opcode: Opcode.close }), fromClient({ opcode: Opcode.close })]],
    [
      'a character cut by the edge of a frame',
      [
        fromClient({ opcode: Opcode.text, fin: false, payload: utf8('€').subarray(0, 2) }),
        fromClient({ opcode: Opcode.continuation, payload: utf8('€').subarray(2) }),
      ],
    ],
  ])('%s', (_, frames) => {
    expect(broken(frames)).toEqual([]);
  });

  test('an unmasked text from a server', () => {
    expect(broken([parsed(encodeFrame({ opcode: Opcode.text }))], receivingStart('server-to-client'))).toEqual([]);
  });

  test('RSV1 if compression was agreed to, whose bytes are not judged as text', () => {
    const compressed = fromClient({ opcode: Opcode.text, rsv1: true, payload: Uint8Array.of(0xf2, 0x48, 0xcd) });
    expect(broken([compressed], receivingStart('client-to-server', 4))).toEqual([]);
  });

  test.each([1000, 1003, 1007, 1014, 3000, 3999, 4000, 4999])('close code %d', (code) => {
    expect(broken([fromClient({ opcode: Opcode.close, payload: close(code) })])).toEqual([]);
  });
});

describe('names a broken rule by its section, with the code to close with', () => {
  const long16 = parsed(fromHex('82fe007d 00000000' + '00'.repeat(125)));
  const long64 = parsed(fromHex('82ff000000000000ffff 00000000' + '00'.repeat(65535)));
  test.each<[string, Frame[], string[]]>([
    ['a frame from a client that is not masked', [parsed(encodeFrame({ opcode: 1 }))], ['5.1 → 1002']],
    ['RSV1 without an extension', [fromClient({ opcode: 1, rsv1: true })], ['5.2 → 1002']],
    ['RSV2 and RSV3', [fromClient({ opcode: 1, rsv2: true, rsv3: true })], ['5.2 → 1002', '5.2 → 1002']],
    ['a reserved opcode', [fromClient({ opcode: 3 })], ['5.2 → 1002']],
    ['a reserved control opcode', [fromClient({ opcode: 0xb })], ['5.2 → 1002']],
    ['126 bytes in a control frame', [fromClient({ opcode: 9, payload: new Uint8Array(126) })], ['5.5 → 1002']],
    ['a fragmented control frame', [fromClient({ opcode: 9, fin: false })], ['5.5 → 1002']],
    ['125 bytes in the 16-bit form', [long16], ['5.2 → 1002']],
    ['65535 bytes in the 64-bit form', [long64], ['5.2 → 1002']],
    ['a continuation of nothing', [last], ['5.4 → 1002']],
    ['a continuation after the last frame', [opening, last, last], ['5.4 → 1002']],
    ['a text inside a fragmented message', [opening, text], ['5.4 → 1002']],
    ['a Close frame with a body of 1 byte', [fromClient({ opcode: 8, payload: Uint8Array.of(3) })], ['5.5.1 → 1002']],
    ['a text after a Close frame', [fromClient({ opcode: 8 }), text], ['5.5.1 → 1002']],
    ['a reason that is not UTF-8', [fromClient({ opcode: 8, payload: Uint8Array.of(3, 232, 0xff) })], ['5.5.1 → 1007']],
    ['a text that is not UTF-8', [fromClient({ opcode: 1, payload: Uint8Array.of(0x41, 0xff) })], ['8.1 → 1007']],
    ['a surrogate in a text', [fromClient({ opcode: 1, payload: Uint8Array.of(0xed, 0xa0, 0x80) })], ['8.1 → 1007']],
    ['a text that ends inside a character', [fromClient({ opcode: 1, payload: utf8('€').subarray(0, 2) })], ['8.1 → 1007']],
    ['text that is not UTF-8 across frames', [opening, fromClient({ opcode: 0, payload: Uint8Array.of(0x80) })], ['8.1 → 1007']],
    [
      'text found not to be UTF-8 before its last frame',
      [fromClient({ opcode: 1, fin: false, payload: Uint8Array.of(0xff) })],
      ['8.1 → 1007'],
    ],
  ])('%s', (_, frames, expected) => {
    expect(broken(frames)).toEqual(expected);
  });

  test('RSV1 on a continuation or a control frame, although compression was agreed to', () => {
    const agreed = receivingStart('client-to-server', 4);
    expect(broken([opening, fromClient({ opcode: 0, rsv1: true })], agreed)).toEqual(['RFC 7692 6.1 → 1002']);
    expect(broken([fromClient({ opcode: 9, rsv1: true })], agreed)).toEqual(['RFC 7692 6.1 → 1002']);
  });

  test('a masked frame from a server', () => {
    expect(broken([text], receivingStart('server-to-client'))).toEqual(['5.1 → 1002']);
  });

  test('a 64-bit length whose first bit is 1, once the header is there', () => {
    const bytes = fromHex('82ff8000000000000001 37fa213d');
    const frame = { ...parsed(encodeFrame({ opcode: 2, maskingKey: key })), length: Infinity, headerLength: 14, bytes };
    expect(broken([frame])).toEqual(['5.2 → 1002']);
  });

  test.each([
    [999, '7.4.2'],
    [1004, '7.4.2'],
    [1005, '7.4.1'],
    [1006, '7.4.1'],
    [1015, '7.4.1'],
    [1016, '7.4.2'],
    [2999, '7.4.2'],
    [5000, '11.7'],
  ])('close code %d', (code, section) => {
    expect(broken([fromClient({ opcode: 8, payload: close(code) })])).toEqual([`${section} → 1002`]);
  });

  test('gives the rule in words, and what in the frame breaks it', () => {
    expect(violations(parsed(encodeFrame({ opcode: 1 })), receivingStart('client-to-server'))).toEqual([
      {
        section: '5.1',
        rule: 'The server MUST close the connection upon receiving a frame that is not masked.',
        because: 'MASK is 0, from a client.',
        closeCode: 1002,
      },
    ]);
  });
});

test('does not judge text once one of its frames was not kept whole', () => {
  const cut = { ...opening, payload: opening.payload.subarray(0, 1) };
  const wrong = fromClient({ opcode: 0, payload: Uint8Array.of(0x80) });
  expect(broken([cut, wrong])).toEqual([]);
});
