/**
 * Traces to measure, each large in one way: none of this was ever on a wire, and no page shows it.
 *
 * Longer than most files: a list of traces, each made by a short function.
 */
import { encodeFrame, Opcode } from '../wire/frame.ts';
import { asciiBytes } from '../wire/handshake.ts';
import { type Trace, type TraceEvent, emptyTrace, toHex } from '../trace/trace.ts';
import type { Direction } from '../wire/direction.ts';

const key = Uint8Array.of(0x37, 0xfa, 0x21, 0x3d);
const ends = { 'client-to-server': ['socket', 'server'], 'server-to-client': ['server', 'socket'] } as const;

interface FrameShape {
  frame: number;
  time: number;
  opcode?: number;
  payload?: Uint8Array;
  fin?: boolean;
  message?: number;
  /** ms */
  takes?: number;
}

/** Returns the events of one frame's way over the link. */
function frameEvents(connection: string, direction: Direction, shape: FrameShape): TraceEvent[] {
  const { frame, time, opcode = Opcode.text, payload = asciiBytes('Hello'), fin = true, takes = 40 } = shape;
  const masked = direction === 'client-to-server';
  const bytes = toHex(encodeFrame({ opcode, payload, fin, maskingKey: masked ? key : undefined }));
  const captured = { fin, rsv: 0, opcode, masked, length: payload.length, bytes };
  const [near, far] = ends[direction];
  const message = opcode > 2 ? {} : { message: shape.message ?? frame };
  return [
    { time, at: near, name: 'frame_sent', connection, direction, frame, ...captured, ...message },
    { time: time + 1, at: 'link', name: 'frame_departed', connection, direction, frame },
    { time: time + takes, at: far, name: 'frame_received', connection, direction, frame },
  ];
}

const started = (connection: string, time: number, url = '/echo'): TraceEvent => ({
  time,
  at: 'client',
  name: 'connection_started',
  connection,
  url,
});

const closed = (connection: string, time: number): TraceEvent[] =>
  (['client', 'server'] as const).map((at) => ({
    time,
    at,
    name: 'connection_closed',
    connection,
    code: 1006,
    reason: '',
    wasClean: false,
  }));

function traceOf(connections: Trace['connections'], events: TraceEvent[]): Trace {
  return { ...emptyTrace(), connections, events: events.sort((a, b) => a.time - b.time) };
}

const one = [{ id: 'A1', client: 'A', url: '/echo' }];
const two: readonly Direction[] = ['client-to-server', 'server-to-client'];
const times = <T>(size: number, make: (i: number) => readonly T[]): T[] => Array.from({ length: size }, (_, i) => make(i)).flat();

/** Returns the bytes of an answer that comes at once. */
const answer = (content: string): string =>
  toHex(asciiBytes(`HTTP/1.1 200 OK\r\nContent-Length: ${content.length}\r\n\r\n${content}`));

function exchangeEvents(
  n: number,
  { from, to, connection = 'A1' }: { from: number; to: number; connection?: string },
): TraceEvent[] {
  const own = { connection, exchange: n, request: n };
  const up = { ...own, direction: 'client-to-server' } as const;
  const down = { ...own, direction: 'server-to-client', part: 0 } as const;
  const bytes = toHex(asciiBytes(`GET /poll/news?after=${n} HTTP/1.1\r\nHost: a\r\n\r\n`));
  return [
    {
      time: from,
      at: 'client',
      name: 'exchange_started',
      connection,
      request: n,
      method: 'GET',
      target: '/poll/news',
      api: 'fetch',
    },
    { time: from + 1, at: 'socket', name: 'exchange_started', ...own, method: 'GET', target: '/poll/news', socket: 0 },
    { time: from + 1, at: 'socket', name: 'request_sent', ...up, length: bytes.length / 2, bytes },
    { time: from + 2, at: 'link', name: 'request_departed', ...up },
    { time: from + 5, at: 'server', name: 'request_received', ...up },
    { time: to - 5, at: 'server', name: 'response_sent', ...down, status: 200, length: 5, final: true },
    { time: to - 4, at: 'link', name: 'response_departed', ...down },
    { time: to - 1, at: 'socket', name: 'response_received', ...down, length: 43, bytes: answer('Hello'), final: true },
    { time: to, at: 'socket', name: 'exchange_ended', ...own, complete: true },
  ];
}

/** Returns a trace of an event source that reconnects again and again. */
const returns = (size: number): Trace =>
  traceOf(
    [{ id: 'A1', client: 'A', url: '/events/news', kind: 'http' }],
    [
      {
        time: 0,
        at: 'client',
        name: 'exchange_started',
        connection: 'A1',
        request: 0,
        method: 'GET',
        target: '/events/news',
        api: 'EventSource',
      },
      ...times(size, (i) => [
        ...exchangeEvents(i, { from: 50 * i, to: 50 * i + 40 })
          .slice(1)
          .map((event) => ({ ...event, request: 0 }) as TraceEvent),
        { time: 50 * i + 41, at: 'client', name: 'reconnecting', connection: 'A1', request: 0 } as TraceEvent,
      ]),
    ],
  );

/** Builds a trace of the given `size` for each way of being large. */
export const largeTraces: Record<string, (size: number) => Trace> = {
  'frames on one connection': (size) =>
    traceOf(one, [
      started('A1', 0),
      ...times(size, (i) => two.flatMap((direction) => frameEvents('A1', direction, { frame: i, time: 10 + i }))),
      ...times(size, (i): TraceEvent[] => [
        { time: 10 + i, at: 'client', name: 'message_sent', connection: 'A1', message: i, kind: 'text', length: 5 },
        { time: 51 + i, at: 'client', name: 'message_received', connection: 'A1', message: i, kind: 'text', length: 5 },
      ]),
      ...closed('A1', size + 100),
    ]),
  'frames that were all sent at once': (size) =>
    traceOf(
      one,
      times(size, (i) => two.flatMap((direction) => frameEvents('A1', direction, { frame: i, time: 10, takes: 100 + i }))),
    ),
  'control frames': (size) =>
    traceOf(
      one,
      times(size, (i) =>
        two.flatMap((direction) => frameEvents('A1', direction, { frame: i, time: 10 + i, opcode: Opcode.ping })),
      ),
    ),
  'frames that never arrived': (size) =>
    traceOf(one, [
      ...times(size, (i) => frameEvents('A1', 'client-to-server', { frame: i, time: 10 + i }).slice(0, 1 + (i % 2))),
      ...times(size, (i): TraceEvent[] => [
        {
          time: 11 + i,
          at: 'link',
          name: 'frame_dropped',
          connection: 'A1',
          direction: 'client-to-server',
          frame: i,
          reason: 'Lost.',
        },
      ]),
    ]),
  'receipts that came before their frames': (size) =>
    traceOf(one, [
      ...times(size, (i): TraceEvent[] => [
        { time: 1, at: 'client', name: 'message_received', connection: 'A1', message: i, kind: 'text', length: 5 },
      ]),
      ...times(size, (i) => frameEvents('A1', 'server-to-client', { frame: i, time: 10 + i })),
    ]),
  'connections of one client at one time': (size) =>
    traceOf(
      times(size, (i) => [{ id: `A${i}`, client: 'A', url: `/echo?n=${i}` }]),
      times(size, (i) => [started(`A${i}`, i), ...frameEvents(`A${i}`, 'client-to-server', { frame: 0, time: 10 + i })]),
    ),
  'connections one after another': (size) =>
    traceOf(
      times(size, (i) => [{ id: `A${i}`, client: 'A', url: '/echo' }]),
      times(size, (i) => [
        started(`A${i}`, 100 * i),
        ...frameEvents(`A${i}`, 'client-to-server', { frame: 0, time: 100 * i + 5 }),
        ...closed(`A${i}`, 100 * i + 90),
      ]),
    ),
  clients: (size) =>
    traceOf(
      times(size, (i) => [{ id: `c${i}x1`, client: `c${i}x`, url: '/echo' }]),
      times(size, (i) => [started(`c${i}x1`, i), ...frameEvents(`c${i}x1`, 'server-to-client', { frame: 0, time: 10 + i })]),
    ),
  'fragments of one message': (size) =>
    traceOf(
      one,
      times(size, (i) =>
        frameEvents('A1', 'client-to-server', {
          frame: i,
          time: 10 + i,
          opcode: i === 0 ? Opcode.text : Opcode.continuation,
          fin: i === size - 1,
          message: 0,
        }),
      ),
    ),
  'bytes of one frame': (size) =>
    traceOf(one, frameEvents('A1', 'server-to-client', { frame: 0, time: 10, payload: asciiBytes('x'.repeat(size)) })),
  'exchanges one after another': (size) =>
    traceOf(
      [{ id: 'A1', client: 'A', url: '/poll/news', kind: 'http' }],
      times(size, (i) => exchangeEvents(i, { from: 50 * i, to: 50 * i + 40 })),
    ),
  'exchanges at one time': (size) =>
    traceOf(
      [{ id: 'A1', client: 'A', url: '/poll/news', kind: 'http' }],
      times(size, (i) => exchangeEvents(i, { from: i, to: 3 * size + i })),
    ),
  'addresses that were asked': (size) =>
    traceOf(
      times(size, (i) => [{ id: `A${i}`, client: 'A', url: `/poll/${i}`, kind: 'http' as const }]),
      times(size, (i) => exchangeEvents(i, { from: 50 * i, to: 50 * i + 40, connection: `A${i}` })),
    ),
  'parts of one response': (size) =>
    traceOf(
      [{ id: 'A1', client: 'A', url: '/events/news', kind: 'http' }],
      [
        ...exchangeEvents(0, { from: 0, to: 20 }).slice(0, 5),
        ...times(size, (i): TraceEvent[] => {
          const down = { connection: 'A1', exchange: 0, request: 0, direction: 'server-to-client', part: i } as const;
          const text = i === 0 ? 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n' : 'd\r\ndata: Hello\n\n\r\n';
          const bytes = toHex(asciiBytes(text));
          return [
            { time: 20 + i, at: 'server', name: 'response_sent', ...down, length: 13, ...(i === 0 && { status: 200 }) },
            { time: 21 + i, at: 'link', name: 'response_departed', ...down },
            { time: 40 + i, at: 'socket', name: 'response_received', ...down, length: bytes.length / 2, bytes },
            { time: 41 + i, at: 'client', name: 'chunk_read', connection: 'A1', request: 0, chunk: i, length: 13 },
            {
              time: 41 + i,
              at: 'client',
              name: 'event_received',
              connection: 'A1',
              request: 0,
              event: i,
              type: 'message',
              lastEventId: '',
              length: 5,
            },
          ];
        }),
      ],
    ),
  'returns of one event source': returns,
  'returns of one event source, told by its program before the tap was heard': (size) => {
    const trace = returns(size);
    const [told, seen] = [true, false].map((isTold) => trace.events.filter(({ at }) => (at === 'client') === isTold));
    return { ...trace, events: [...(told ?? []), ...(seen ?? [])] };
  },
  'sightings that are older than their exchanges': (size) => ({
    ...returns(size),
    events: [
      ...returns(size).events.filter(({ at }) => at !== 'client'),
      ...times(size, (i): TraceEvent[] => [
        { time: -1, at: 'client', name: 'chunk_read', connection: 'A1', request: 0, chunk: i },
      ]),
    ],
  }),
  'words on a half-duplex channel': (size) =>
    traceOf(
      [{ id: 'A1', client: 'A', url: '/half-duplex/room' }],
      [
        started('A1', 0, '/half-duplex/room'),
        ...times(size, (i) =>
          frameEvents('A1', 'client-to-server', {
            frame: i,
            time: 10 + i,
            payload: asciiBytes(`{"type":"word","text":"w${i}"}`),
          }),
        ),
        ...times(size, (i) =>
          frameEvents('A1', 'server-to-client', {
            frame: i,
            time: 3 * size + 99 + 9 * i,
            payload: asciiBytes(i % 2 ? '{"type":"heard"}' : `{"type":"refused","text":"w${size - i}"}`),
          }),
        ),
      ],
    ),
  'ends and breaks of one link': (size) =>
    traceOf(one, [
      started('A1', 0),
      ...times(size, (i): TraceEvent[] => [
        { time: 10 + i, at: 'link', name: i % 2 ? 'link_cut' : 'link_silenced', connection: 'A1' },
        { time: 10 + i, at: 'socket', name: 'events_omitted', connection: 'A1', count: 1 },
        ...closed('A1', 10 + i),
      ]),
    ]),
  'readings of a buffer': (size) =>
    traceOf(one, [
      ...times(size, (i) => frameEvents('A1', 'client-to-server', { frame: i, time: 10 + i })),
      ...times(size, (i): TraceEvent[] => [
        { time: 10 + i, at: 'client', name: 'buffer_read', connection: 'A1', amount: 5 * (i % 9) },
      ]),
    ]),
  'events that are not known': (size) =>
    traceOf(
      one,
      times(size, (i) => [{ time: i, at: 'client', name: 'later', connection: 'A1' } as unknown as TraceEvent]),
    ),
  'events of an exchange that was given up and comes back': (size) =>
    traceOf(
      [{ id: 'A1', client: 'A', url: '/poll/news', kind: 'http' }],
      [
        ...exchangeEvents(0, { from: 0, to: 20 }),
        { time: 21, at: 'client', name: 'exchange_ended', connection: 'A1', request: 0, complete: false },
        ...times(size, (i): TraceEvent[] => [
          { time: 22 + i, at: 'client', name: 'chunk_read', connection: 'A1', request: 0, chunk: i },
        ]),
      ],
    ),
};
