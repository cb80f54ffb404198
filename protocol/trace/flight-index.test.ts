import { describe, expect, test } from 'vitest';
import { measureDuplex } from '../measures/duplex.ts';
import type { Flight } from './flight.ts';
import { FlightIndex, flightsOf } from './flight-index.ts';
import { emptyTrace, type Trace, type TraceEvent } from './trace.ts';

const up = 'client-to-server';
const down = 'server-to-client';
const A1 = { connection: 'A1' } as const;
const hello = { fin: true, rsv: 0, opcode: 1, length: 5 };

const clientSends = (time: number, message: number): TraceEvent => ({
  ...A1,
  time,
  at: 'client',
  name: 'message_sent',
  message,
  kind: 'text',
  length: 5,
});
const tapCaptures = (time: number, frame: number): TraceEvent => ({
  ...A1,
  ...hello,
  time,
  at: 'socket',
  name: 'frame_sent',
  direction: up,
  frame,
  message: frame,
  masked: true,
  bytes: '818537fa213d7f9f4d5158',
});
const departs = (time: number, frame: number): TraceEvent => ({
  ...A1,
  time,
  at: 'link',
  name: 'frame_departed',
  direction: up,
  frame,
});
const arrives = (time: number, frame: number): TraceEvent => ({
  ...A1,
  time,
  at: 'server',
  name: 'frame_received',
  direction: up,
  frame,
});

const serverFrame: TraceEvent[] = [
  {
    ...A1,
    ...hello,
    time: 10,
    at: 'server',
    name: 'frame_sent',
    direction: down,
    frame: 0,
    message: 0,
    masked: false,
    bytes: '810548656c6c6f',
  },
  { ...A1, time: 10, at: 'link', name: 'frame_departed', direction: down, frame: 0 },
  { ...A1, time: 510, at: 'socket', name: 'frame_received', direction: down, frame: 0 },
  { ...A1, time: 511, at: 'client', name: 'message_received', message: 0, kind: 'text', length: 5 },
];

const joined = (events: TraceEvent[]): Flight[] => {
  const index = new FlightIndex();
  for (const event of events) index.add(event);
  return index.flights;
};

describe('a flight joins what was seen of one frame', () => {
  test("a client's message and its captured frame are one flight, from the client's send to the server's receipt", () => {
    const [flight, ...others] = joined([clientSends(0, 0), tapCaptures(1, 0), departs(1, 0), arrives(501, 0)]);
    expect(others).toEqual([]);
    expect(flight).toMatchObject({ sentAt: 0, departedAt: 0, receivedAt: 501, frame: 0, message: 0, length: 5 });
    expect(flight?.captured?.bytes).toBe('818537fa213d7f9f4d5158');
  });

  test('gives the same flight when the tap is heard before the client', () => {
    const events = [clientSends(0, 0), tapCaptures(1, 0), departs(1, 0), arrives(501, 0)];
    const late = joined([...events.slice(1), events[0] as TraceEvent])[0];
    expect(late).toMatchObject({ sentAt: 0, departedAt: 0, receivedAt: 501 });
  });

  test('does not count the wait in the link as time on the way', () => {
    const [flight] = joined([clientSends(0, 0), tapCaptures(1, 0), departs(301, 0), arrives(501, 0)]);
    expect(flight).toMatchObject({ sentAt: 0, departedAt: 300, receivedAt: 501 });
  });

  test('a frame from the server is received when the client has it, whichever event is heard first', () => {
    const [sent, departed, onSocket, received] = serverFrame as [TraceEvent, TraceEvent, TraceEvent, TraceEvent];
    for (const events of [serverFrame, [received, sent, departed, onSocket], [sent, departed, received, onSocket]]) {
      expect(joined(events)[0]).toMatchObject({ sentAt: 10, departedAt: 10, receivedAt: 511 });
    }
  });

  test('while in flight it has departed and has not been received', () => {
    const [flight] = joined(serverFrame.slice(0, 2));
    expect(flight).toMatchObject({ departedAt: 10, receivedAt: undefined });
  });

  test('a dropped frame says when and why', () => {
    const drop: TraceEvent = {
      ...A1,
      time: 2,
      at: 'link',
      name: 'frame_dropped',
      direction: up,
      frame: 0,
      reason: 'This link is simplex.',
    };
    expect(joined([clientSends(0, 0), tapCaptures(1, 0), drop])[0]?.dropped).toEqual({ at: 2, reason: 'This link is simplex.' });
  });

  test('fragments are flights of their own; the client times belong to the first and the last', () => {
    const fragment = (time: number, frame: number, opcode: number, fin: boolean): TraceEvent => ({
      ...(serverFrame[0] as Extract<TraceEvent, { name: 'frame_sent' }>),
      time,
      frame,
      opcode,
      fin,
    });
    const flights = joined([fragment(1, 0, 1, false), fragment(2, 1, 0, true), serverFrame[3] as TraceEvent]);
    expect(flights.map(({ receivedAt }) => receivedAt)).toEqual([undefined, 511]);
  });

  test('sorts the flights of a trace by the time they were sent', () => {
    const trace: Trace = { ...emptyTrace(), events: [...serverFrame, clientSends(0, 0), tapCaptures(1, 0)] };
    expect(flightsOf(trace).map(({ sentAt }) => sentAt)).toEqual([0, 10]);
  });
});

describe('measureDuplex', () => {
  const { onLink: _, ...seenAtTheEnds } = joined(serverFrame)[0] as Flight;
  const flight = (direction: Flight['direction'], departedAt: number, receivedAt?: number): Flight => ({
    ...seenAtTheEnds,
    direction,
    sentAt: departedAt,
    departedAt,
    receivedAt,
  });

  test('one direction after the other: each has its share and both at once is 0', () => {
    const measure = measureDuplex([flight(up, 0, 100), flight(down, 100, 200)]);
    expect(measure).toMatchObject({ spanMs: 200, clientToServer: 0.5, serverToClient: 0.5, both: 0, bothSpans: [] });
  });

  test('crossing frames: the overlap is counted once and named', () => {
    const measure = measureDuplex([flight(up, 0, 100), flight(up, 10, 110), flight(down, 50, 150)]);
    expect(measure.both).toBeCloseTo(60 / 150);
    expect(measure.bothSpans).toEqual([[50, 110]]);
    expect(measure.mostInFlight).toEqual({ [up]: 2, [down]: 1 });
  });

  test('uses the times of a simulated link, so the hop between link and browser is no second direction at once', () => {
    const onLink = (direction: Flight['direction'], from: number, to: number): Flight => ({
      ...flight(direction, from - 1, to + 1),
      onLink: { from, to },
    });
    expect(measureDuplex([onLink(up, 0, 100), onLink(down, 100, 200), onLink(up, 200, 300)]).both).toBe(0);
    expect(measureDuplex([onLink(up, 0, 0.1), onLink(down, 0.5, 0.6)]).both).toBeGreaterThan(0);
  });

  test('a frame still in flight counts up to now', () => {
    expect(measureDuplex([flight(up, 0), flight(down, 50, 150)], 200)).toMatchObject({
      spanMs: 200,
      clientToServer: 1,
      both: 0.5,
    });
  });

  test('without frames every share is 0', () => {
    expect(measureDuplex([])).toMatchObject({ spanMs: 0, clientToServer: 0, serverToClient: 0, both: 0 });
  });
});

describe('a frame with RSV1', () => {
  const hex = (text: string): string => Array.from(text, (c) => c.charCodeAt(0).toString(16).padStart(2, '0')).join('');
  const answered = (extensions: string): TraceEvent => ({
    ...A1,
    time: 1,
    at: 'server',
    name: 'handshake_sent',
    direction: down,
    bytes: hex(`HTTP/1.1 101 Switching Protocols\r\n${extensions}\r\n`),
  });
  const sent = (frame: number, fields: { rsv?: number; opcode?: number; fin?: boolean }): TraceEvent => ({
    ...A1,
    ...{ fin: true, rsv: 0, opcode: 1, length: 5, ...fields },
    time: 2 + frame,
    at: 'socket',
    name: 'frame_sent',
    direction: up,
    frame,
    message: 0,
    masked: true,
    bytes: 'c18537fa213d7f9f4d5158',
  });
  const compressed = (...events: TraceEvent[]): boolean[] =>
    flightsOf({ ...emptyTrace(), events })
      .filter(({ kind }) => kind === 'frame')
      .map(({ isCompressed = false }) => isCompressed);

  test('is compressed if the handshake agreed to it, as are all fragments of its message but no control frame', () => {
    const agreed = answered('Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=12\r\n');
    const message = [
      sent(0, { rsv: 4, fin: false }),
      sent(1, { opcode: 9 }),
      sent(2, { opcode: 0 }),
      { ...sent(3, {}), message: 1 } as TraceEvent,
    ];
    expect(compressed(agreed, ...message)).toEqual([true, false, true, false]);
  });

  test('is not compressed if nothing was agreed to or that is unknown: it breaks a rule', () => {
    expect(compressed(answered(''), sent(0, { rsv: 4 }))).toEqual([false]);
    expect(compressed(answered('Sec-WebSocket-Extensions: x-webkit-deflate-frame\r\n'), sent(0, { rsv: 4 }))).toEqual([false]);
    expect(compressed(sent(0, { rsv: 4 }))).toEqual([false]);
  });
});
