import { describe, expect, test } from 'vitest';
import { encodeFrame, Opcode } from '../../../protocol/wire/frame.ts';
import { type Trace, type TraceEvent, emptyTrace, toHex } from '../../../protocol/trace/trace.ts';
import type { Direction } from '../../../protocol/wire/direction.ts';
import { type Figure, measured } from './measured.ts';

const up: Direction = 'client-to-server';
const down: Direction = 'server-to-client';
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const key = Uint8Array.of(0x37, 0xfa, 0x21, 0x3d);

/** Returns a frame that leaves at `sent` and arrives at `received`, both ms. Without `received` the link drops it. */
function frame(
  connection: string,
  direction: Direction,
  number: number,
  fields: { opcode: number; payload: Uint8Array; message?: number; sent: number; received?: number },
): TraceEvent[] {
  const { opcode, payload, message, sent, received } = fields;
  const masked = direction === up;
  const bytes = toHex(encodeFrame({ opcode, payload, ...(masked && { maskingKey: key }) }));
  const at = { connection, direction, frame: number };
  return [
    {
      ...at,
      time: sent,
      at: masked ? 'socket' : 'server',
      name: 'frame_sent',
      ...(message !== undefined && { message }),
      fin: true,
      rsv: 0,
      opcode,
      masked,
      length: payload.length,
      bytes,
    },
    ...(received === undefined
      ? [{ ...at, time: sent, at: 'link', name: 'frame_dropped', reason: 'one way' } as const]
      : ([
          { ...at, time: sent, at: 'link', name: 'frame_departed' },
          { ...at, time: received, at: masked ? 'server' : 'socket', name: 'frame_received' },
        ] as const)),
  ];
}

const text = (payload: string, message: number, sent: number, received?: number) => ({
  opcode: Opcode.text,
  payload: utf8(payload),
  message,
  sent,
  ...(received !== undefined && { received }),
});

const head = (...lines: string[]): string => toHex(utf8(`${lines.join('\r\n')}\r\n\r\n`));
const request = head('GET /echo HTTP/1.1', 'Host: example.test', 'Sec-WebSocket-Version: 13');

/**
 * A1: two messages up and one down in between, closed by both ends with different codes. A2: a message dropped, closed without a
 * code.
 */
const trace: Trace = {
  ...emptyTrace(),
  connections: ['A1', 'A2', 'A3'].map((id) => ({ id, client: 'A', url: '/echo' })),
  events: [
    { time: 0, at: 'client', connection: 'A1', name: 'connection_started', url: '/echo' },
    { time: 5, at: 'socket', connection: 'A1', name: 'handshake_sent', direction: up, bytes: request },
    { time: 210.4, at: 'client', connection: 'A1', name: 'connection_opened' },
    ...frame('A1', up, 0, text('Hello', 0, 300, 400)),
    ...frame('A1', down, 0, text('Hello', 0, 350, 450)),
    ...frame('A3', down, 0, text('{"time":300,"down":2,"refused":1,"open":1,"connected":1}', 0, 10, 20)),
    ...frame('A3', down, 2, text('{"type":"heard","text":"ada 1"}', 2, 30, 40)),
    ...frame('A3', down, 3, text('{"type":"answered","visitor":1,"status":101,"good":true}', 3, 40, 50)),
    ...frame('A3', down, 4, text('{"type":"answered","visitor":2,"status":403,"good":false}', 4, 50, 60)),
    ...frame('A3', down, 1, text('{"time":900,"down":0,"refused":0,"open":1,"connected":2,"attempts":5}', 1, 20, 30)),
    ...frame('A1', up, 1, { opcode: Opcode.binary, payload: Uint8Array.of(1, 2), message: 1, sent: 400, received: 500 }),
    { time: 600, at: 'client', connection: 'A1', name: 'close_called', code: 4001, reason: 'bye' },
    ...frame('A1', up, 2, {
      opcode: Opcode.close,
      payload: Uint8Array.of(0x0f, 0xa1, ...utf8('bye')),
      sent: 600,
      received: 700,
    }),
    ...frame('A1', down, 1, { opcode: Opcode.close, payload: Uint8Array.of(0x03, 0xe8), sent: 610, received: 710 }),
    { time: 730, at: 'client', connection: 'A1', name: 'connection_closed', code: 1000, reason: '', wasClean: true },
    { time: 800, at: 'server', connection: 'A1', name: 'connection_closed', code: 4001, reason: 'bye', wasClean: true },
    ...frame('A1', down, 2, { opcode: Opcode.ping, payload: new Uint8Array(0), sent: 500, received: 510 }),
    ...frame('A1', up, 3, { opcode: Opcode.pong, payload: new Uint8Array(0), sent: 510, received: 520 }),
    { time: 130, at: 'link', connection: 'A1', name: 'link_silenced' },
    ...frame('A2', up, 0, text('lost', 0, 10)),
    ...frame('A2', down, 0, { opcode: Opcode.binary, payload: new Uint8Array(65_536), message: 0, sent: 15, received: 25 }),
    ...frame('A2', up, 1, { opcode: Opcode.close, payload: new Uint8Array(0), sent: 20, received: 30 }),
  ],
};

const figures: [Figure, string][] = [
  [{ of: 'both' }, '50 %'],
  [{ of: 'most in flight' }, '1'],
  [{ of: 'one way' }, '100 ms'],
  [{ of: 'dropped' }, '0'],
  [{ of: 'dropped', connection: 2 }, '1'],
  [{ of: 'messages' }, '2'],
  [{ of: 'messages', direction: down }, '1'],
  [{ of: 'messages', connection: 2 }, '0'],
  [{ of: 'pings', direction: down }, '1'],
  [{ of: 'pings' }, '0'],
  [{ of: 'pongs' }, '1'],
  [{ of: 'silent for' }, '0.6 s'],
  [{ of: 'noticed after' }, '0.5 s'],
  [{ of: 'most queued' }, '5 B'],
  [{ of: 'time to send' }, '100 ms'],
  [{ of: 'time to arrive' }, '0.2 s'],
  [{ of: 'crowd attempts', connection: 3 }, '5'],
  [{ of: 'crowd peak', connection: 3 }, '4'],
  [{ of: 'crowd time', connection: 3 }, '0.9 s'],
  [{ of: 'told', name: 'heard' }, '1'],
  [{ of: 'came in', name: 'good' }, '1'],
  [{ of: 'came in', name: 'hostile' }, '0'],
  [{ of: 'visitors', name: 'hostile' }, '1'],
  [{ of: 'told', name: 'lost' }, '0'],
  [{ of: 'frame bytes' }, '11'],
  [{ of: 'frame bytes', direction: down }, '7'],
  [{ of: 'frame bytes', frame: 2 }, '8'],
  [{ of: 'payload bytes' }, '5'],
  [{ of: 'payload bytes', frame: 2 }, '2'],
  [{ of: 'payload bytes', connection: 2, direction: down }, '65,536'],
  [{ of: 'frame bytes', connection: 2, direction: down }, '65,546'],
  [{ of: 'opcode' }, '0x1 (text)'],
  [{ of: 'opcode', frame: 2 }, '0x2 (binary)'],
  [{ of: 'masking key' }, '37 fa 21 3d'],
  [{ of: 'wire payload' }, '7f 9f 4d 51 58'],
  [{ of: 'wire payload', direction: down }, '48 65 6c 6c 6f'],
  [{ of: 'close payload' }, '0f a1 62 79 65'],
  [{ of: 'close payload', connection: 2 }, 'none'],
  [{ of: 'close sent' }, '4001'],
  [{ of: 'close sent', direction: down }, '1000'],
  [{ of: 'close sent', connection: 2 }, 'empty'],
  [{ of: 'close code' }, '1000'],
  [{ of: 'close code', at: 'server' }, '4001'],
  [{ of: 'close reason', at: 'server' }, 'bye'],
  [{ of: 'time to open' }, '210 ms'],
  [{ of: 'time to close' }, '130 ms'],
  [{ of: 'life' }, '730 ms'],
  [{ of: 'handshake bytes' }, String(request.length / 2)],
  [{ of: 'field', name: 'sec-websocket-version' }, '13'],
  [{ of: 'span' }, '0.2 s'],
];

describe('a figure of a recorded trace', () => {
  test.each(figures)('%o reads %s', (figure, expected) => {
    expect(measured(trace, figure)).toBe(expected);
  });

  const missing: Figure[] = [
    { of: 'frame bytes', frame: 3 },
    { of: 'masking key', direction: down },
    { of: 'close code', connection: 2 },
    { of: 'close payload', connection: 2, direction: down },
    { of: 'time to open', connection: 3 },
    { of: 'most queued', connection: 4 },
    { of: 'crowd attempts' },
    { of: 'time to send', connection: 4 },
    { of: 'silent for', connection: 2 },
    { of: 'one way', connection: 2 },
    { of: 'handshake bytes', direction: down },
    { of: 'field', name: 'Origin' },
  ];
  test.each(missing)('%o is refused, not made up, when the trace lacks it', (figure) => {
    expect(() => measured(trace, figure)).toThrow(RangeError);
  });
});

describe('a message in fragments', () => {
  const bytes = utf8('a🦊b');
  const part = (number: number, opcode: number, fin: boolean, payload: Uint8Array, sent: number): TraceEvent[] => {
    const at = { connection: 'A1', direction: down, frame: number };
    const captured = { fin, rsv: 0, opcode, masked: false, length: payload.length };
    const hex = toHex(encodeFrame({ opcode, fin, payload }));
    return [
      { ...at, ...captured, time: sent, at: 'server', name: 'frame_sent', bytes: hex },
      { ...at, time: sent + 50, at: 'socket', name: 'frame_received' },
    ];
  };
  const cut: Trace = {
    ...emptyTrace(),
    connections: [{ id: 'A1', client: 'A', url: '/echo' }],
    events: [
      ...part(0, Opcode.text, false, bytes.subarray(0, 3), 0),
      ...part(1, Opcode.ping, true, utf8('?'), 1),
      ...frame('A1', up, 0, { opcode: Opcode.pong, payload: utf8('?'), sent: 40, received: 90 }),
      ...part(2, Opcode.continuation, false, bytes.subarray(3, 4), 70),
      ...part(3, Opcode.continuation, true, bytes.subarray(4), 80),
      { time: 130, at: 'client', connection: 'A1', name: 'message_received', message: 0, kind: 'text', length: 6 },
    ],
  };
  const figure = (of: Figure['of'], n = 1): string => measured(cut, { of, direction: down, frame: n });

  test('counts as three frames and one message, with a ping after the first frame', () => {
    expect([figure('frames'), figure('message events'), figure('frames before ping')]).toEqual(['3', '1', '1']);
    expect([1, 2, 3].map((n) => figure('FIN', n))).toEqual(['0', '0', '1']);
    expect(figure('header bytes')).toBe('2');
  });

  test('shows where a frame cuts a character', () => {
    expect([1, 2, 3].map((n) => figure('frame text', n))).toEqual(['a…', '……', '…b']);
  });

  test("gives the time from the client's pong leaving to the message being complete", () => {
    expect(figure('pong lead')).toBe('90 ms');
  });
});
