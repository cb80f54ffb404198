import { expect, test } from 'vitest';
import { carriedSpans, measureDuplex, measureSpan } from './duplex.ts';
import type { Flight } from '../trace/flight.ts';

/** Returns a five-byte frame sent at `sentAt` and received 100 ms later, unless `changes` says otherwise. */
function textFlight(sentAt: number, { opcode = 1, length = 5, ...changes }: Partial<Flight> & { opcode?: number } = {}): Flight {
  return {
    id: String(sentAt),
    connection: 'A1',
    direction: 'client-to-server',
    kind: 'frame',
    frame: 0,
    captured: { fin: true, rsv: 0, opcode, masked: false, length, bytes: '' },
    message: 0,
    messageKind: 'text',
    length,
    sentAt,
    departedAt: sentAt,
    receivedAt: sentAt + 100,
    dropped: undefined,
    ...changes,
  };
}

const answer = (sentAt: number, changes: Partial<Flight> = {}): Flight =>
  textFlight(sentAt, { direction: 'server-to-client', ...changes });

const flights = [
  textFlight(0),
  textFlight(200, { length: 2, receivedAt: 500 }),
  textFlight(250, { opcode: 9, receivedAt: 255 }),
  answer(300, { receivedAt: 350 }),
  answer(900),
];

test('a span counts what was sent in it, and how long each direction carried bytes in it', () => {
  const { durationMs, both, ...ways } = measureSpan(flights, [200, 400]);
  expect([durationMs, both]).toEqual([200, 0.25]);
  expect(ways['client-to-server']).toEqual({ frames: 2, payloadBytes: 7, share: 1, delayMs: { median: 300, worst: 300 } });
  expect(ways['server-to-client']).toEqual({ frames: 1, payloadBytes: 5, share: 0.25, delayMs: { median: 50, worst: 50 } });
});

test('a span over the whole conversation has the same shares as the conversation', () => {
  const whole = measureDuplex(flights);
  const span = measureSpan(flights, [0, 1000]);
  expect(span['client-to-server'].share).toBeCloseTo(whole.clientToServer, 9);
  expect(span['server-to-client'].share).toBeCloseTo(whole.serverToClient, 9);
  expect(span.both).toBeCloseTo(whole.both, 9);
});

test('a span without frames has no delay, and a span of no length has no share', () => {
  const quiet = measureSpan(flights, [600, 700]);
  expect(quiet['client-to-server']).toEqual({ frames: 0, payloadBytes: 0, share: 0, delayMs: undefined });
  expect(measureSpan(flights, [250, 250]).both).toBe(0);
});

test('joins overlapping frames into one span', () => {
  expect(carriedSpans([textFlight(0), textFlight(50), answer(120)])).toEqual({
    'client-to-server': [[0, 150]],
    'server-to-client': [[120, 220]],
    both: [[120, 150]],
  });
});

test('a link that takes turns shows no overlap, even if a frame took no time on it', () => {
  // A busy server does at once, at 400, what was due one after the other.
  const byTurns = [
    textFlight(0, { onLink: { queuedAt: 0, from: 0, to: 100 } }),
    answer(50, { departedAt: 100, receivedAt: 405, onLink: { queuedAt: 50, from: 100, to: 400 } }),
    textFlight(300, { departedAt: 301, receivedAt: 400, onLink: { queuedAt: 400, from: 400, to: 400 } }),
  ];
  expect(measureDuplex(byTurns)).toMatchObject({ both: 0, mostInFlight: { 'client-to-server': 1, 'server-to-client': 1 } });
});

test('without a simulated link, a direction carries from send to receipt', () => {
  const carried = carriedSpans([textFlight(0, { onLink: { queuedAt: 90, from: 90, to: 90.2 } }), answer(200)]);
  expect(carried['client-to-server']).toEqual([[0, 100]]);
});

test('a frame lost to a cut was carried until the cut, and no longer', () => {
  const lost = answer(200, { receivedAt: undefined, dropped: { at: 240, reason: 'The link was cut.' } });
  const onLink = { queuedAt: 200, from: 200, to: undefined };
  for (const flight of [lost, { ...lost, onLink }]) {
    expect(carriedSpans([flight, textFlight(600)])['server-to-client']).toEqual([[200, 240]]);
  }
});
