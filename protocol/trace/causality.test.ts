import { describe, expect, test } from 'vitest';
import { CrossingPairs } from './causality.ts';
import { effectsBeforeCauses } from './effects-before-causes.ts';
import { encodeFrame, Opcode } from '../wire/frame.ts';
import { asciiBytes } from '../wire/handshake.ts';
import { type TraceEvent, emptyTrace, toHex } from './trace.ts';
import type { Direction } from '../wire/direction.ts';

const on = { connection: 'A1' } as const;
const up = { ...on, direction: 'client-to-server' } as const;
const down = { ...on, direction: 'server-to-client' } as const;
const wire = { fin: true, rsv: 0, opcode: 1, masked: false, length: 0, bytes: '8100' };
const asked = { ...on, request: 0 } as const;
const exchanged = { ...asked, exchange: 7 } as const;
const part = { ...exchanged, direction: 'server-to-client' } as const;

/** Returns the pairs found when the events come in this order, each as `cause → effect`. */
function pairsOf(events: readonly TraceEvent[]): string[] {
  const crossing = new CrossingPairs();
  const named = ({ name, at }: TraceEvent): string => `${name} @${at}`;
  return events.flatMap((event) => crossing.add(event)).map(({ cause, effect }) => `${named(cause)} → ${named(effect)}`);
}
const close = (code: number | undefined, direction: Direction): TraceEvent => {
  const payload = code === undefined ? new Uint8Array() : Uint8Array.of(code >> 8, code & 255);
  const maskingKey = direction === 'client-to-server' ? Uint8Array.of(1, 2, 3, 4) : undefined;
  const bytes = toHex(encodeFrame({ opcode: Opcode.close, payload, maskingKey }));
  const at = direction === 'client-to-server' ? 'socket' : 'server';
  return { ...on, ...wire, direction, time: 0, at, name: 'frame_sent', opcode: 8, frame: 3, length: payload.length, bytes };
};

const life: TraceEvent[] = [
  { ...on, time: 0, at: 'client', name: 'connection_started', url: '/echo' },
  { ...up, time: 1, at: 'socket', name: 'handshake_sent', bytes: '' },
  { ...down, time: 2, at: 'socket', name: 'handshake_received' },
  { ...on, time: 3, at: 'client', name: 'connection_opened' },
  { ...on, time: 4, at: 'client', name: 'message_sent', message: 0, kind: 'text', length: 0 },
  { ...up, ...wire, time: 5, at: 'socket', name: 'frame_sent', frame: 0, message: 0 },
  { ...up, time: 6, at: 'server', name: 'frame_received', frame: 0 },
  { ...down, ...wire, fin: false, time: 7, at: 'server', name: 'frame_sent', frame: 0, message: 0 },
  { ...down, ...wire, opcode: 0, time: 8, at: 'server', name: 'frame_sent', frame: 1, message: 0 },
  { ...down, time: 9, at: 'socket', name: 'frame_received', frame: 0 },
  { ...down, time: 10, at: 'socket', name: 'frame_received', frame: 1 },
  { ...on, time: 11, at: 'client', name: 'message_received', message: 0, kind: 'text', length: 0 },
];
const crossings = [
  'connection_started @client → handshake_sent @socket',
  'handshake_received @socket → connection_opened @client',
  'message_sent @client → frame_sent @socket',
  'frame_received @socket → message_received @client',
];

describe('pairs of what client and server saw', () => {
  test("pairs a connection's opening, a client's message with its first frame, and a server's message with its last", () => {
    expect(pairsOf(life)).toEqual(crossings);
  });

  test('finds the same pairs whichever end is heard first', () => {
    const ofClient = life.filter(({ at }) => at === 'client');
    const ofServer = life.filter(({ at }) => at !== 'client');
    expect(pairsOf([...ofClient, ...ofServer])).toEqual(crossings);
    expect(pairsOf([...ofServer, ...ofClient])).toEqual(crossings);
  });

  test("pairs close() with the client's Close, and the server's Close with the end of the connection", () => {
    const called: TraceEvent = { ...on, time: 0, at: 'client', name: 'close_called', code: 1000 };
    const closed: TraceEvent = {
      ...on,
      time: 9,
      at: 'client',
      name: 'connection_closed',
      code: 1000,
      reason: '',
      wasClean: true,
    };
    const answered: TraceEvent = { ...down, time: 8, at: 'socket', name: 'frame_received', frame: 3 };
    expect(pairsOf([called, close(1000, 'client-to-server'), close(1000, 'server-to-client'), answered, closed])).toEqual([
      'close_called @client → frame_sent @socket',
      'frame_received @socket → connection_closed @client',
    ]);
    const pause = { ...called, code: undefined } as unknown as TraceEvent;
    expect(pairsOf([pause, close(undefined, 'client-to-server')])).toEqual(['close_called @client → frame_sent @socket']);
  });

  test("does not pair close() with a Close that answers the server's or that the browser sends by itself", () => {
    const called: TraceEvent = { ...on, time: 0, at: 'client', name: 'close_called', code: 1000 };
    const begun: TraceEvent = { ...down, time: 8, at: 'socket', name: 'frame_received', frame: 3 };
    expect(pairsOf([close(1000, 'server-to-client'), begun, close(1000, 'client-to-server'), called])).toEqual([]);
    expect(pairsOf([close(1002, 'client-to-server'), called])).toEqual([]);
    const again = { ...close(1000, 'server-to-client'), frame: 4 } as TraceEvent;
    const twice = [close(1000, 'server-to-client'), again, begun];
    expect(pairsOf([...twice, close(1000, 'client-to-server'), called]), 'a server that sends two').toEqual([]);
  });

  test("pairs an exchange's start, the first part of its answer, each chunk by its last byte, and its end", () => {
    const events: TraceEvent[] = [
      { ...asked, time: 0, at: 'client', name: 'exchange_started', method: 'POST', target: '/messages/x', api: 'fetch' },
      { ...exchanged, exchange: 6, time: 1, at: 'socket', name: 'exchange_started', method: 'OPTIONS', target: '/messages/x' },
      { ...part, exchange: 6, time: 2, at: 'socket', name: 'response_received', part: 0, bytes: '', final: true },
      { ...exchanged, time: 3, at: 'socket', name: 'exchange_started', method: 'POST', target: '/messages/x' },
      { ...part, time: 4, at: 'server', name: 'response_sent', part: 0, length: 0 },
      { ...part, time: 5, at: 'server', name: 'response_sent', part: 1, length: 4 },
      { ...part, time: 6, at: 'server', name: 'response_sent', part: 2, length: 4 },
      { ...asked, time: 7, at: 'client', name: 'chunk_read', chunk: 0, length: 3 },
      { ...asked, time: 8, at: 'client', name: 'chunk_read', chunk: 1, length: 5 },
      { ...part, time: 5, at: 'socket', name: 'response_received', part: 0, bytes: '' },
      { ...part, time: 6, at: 'socket', name: 'response_received', part: 1, bytes: '' },
      { ...part, time: 7, at: 'socket', name: 'response_received', part: 2, bytes: '', final: true },
      { ...asked, direction: 'server-to-client', time: 6, at: 'client', name: 'response_received', part: 0 },
      { ...asked, time: 9, at: 'client', name: 'exchange_ended', complete: true },
    ];
    const crossing = new CrossingPairs();
    const pairs = events.flatMap((event) => crossing.add(event));
    expect(pairs.map(({ cause, effect }) => [cause, effect].map((event) => events.indexOf(event)))).toEqual([
      [0, 1],
      [0, 3],
      [10, 7],
      [11, 8],
      [9, 12],
      [11, 13],
    ]);
  });

  test("pairs an EventSource's events by their ids", () => {
    const bytes = toHex(asciiBytes('1a\r\nid: 7\ndata: a\n\nid: 8\ndata: b\n\n\r\n'));
    const received = (lastEventId: string): TraceEvent => ({
      ...asked,
      time: 9,
      at: 'client',
      name: 'event_received',
      event: 0,
      type: 'message',
      lastEventId,
      length: 1,
    });
    expect(
      pairsOf([
        { ...part, time: 3, at: 'socket', name: 'response_received', part: 1, bytes },
        received('8'),
        received('9'),
        received(''),
      ]),
    ).toEqual(['response_received @socket → event_received @client']);
  });
});

describe('effects before causes', () => {
  const inTrace = (events: TraceEvent[]): string[] => effectsBeforeCauses({ ...emptyTrace(), events });
  const moved = (place: number, time: number): TraceEvent[] => life.map((event, i) => (i === place ? { ...event, time } : event));

  test('finds none in a trace that could have happened', () => {
    expect(inTrace(life)).toEqual([]);
  });

  test.each([
    [
      'a frame at the server before the client sent it',
      4,
      5.5,
      'A1 frame_sent at the socket is 0.500 ms before its cause, A1 message_sent at the client at 5.5 ms',
    ],
    [
      'a message that came before its last frame',
      11,
      9.5,
      'A1 message_received at the client is 0.500 ms before its cause, A1 frame_received at the socket at 10 ms',
    ],
    [
      'a frame received before it was sent',
      9,
      6,
      'A1 frame_received at the socket is 1.000 ms before its cause, A1 frame_sent at the server at 7 ms',
    ],
    [
      'a connection open before the answer came',
      3,
      1.5,
      'A1 connection_opened at the client is 0.500 ms before its cause, A1 handshake_received at the socket',
    ],
  ])('%s', (_, place, time, sentence) => {
    expect(inTrace(moved(place, time)).join('\n')).toContain(sentence);
  });

  test('also reports a flight that was received before it departed', () => {
    expect(inTrace(moved(4, 7)).join('\n')).toContain('was received 1.000 ms before it was departed');
  });
});
