import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Flight } from '../../../protocol/trace/flight.ts';
import { FlightColumns } from '../../../protocol/trace/flight-table.ts';
import { levels, lengths, thin } from './downsample.ts';
import { answer, textFlight } from '../testing/flights-for-tests.ts';

/** What is drawn of flights of one connection at that many pixels a millisecond. */
function drawnOf(flights: readonly Flight[], perMs: number, keep = -1): Flight[] {
  const columns = FlightColumns.of(flights);
  const groups = { groupOf: new Int32Array(1), groups: 1, perMs, keep, whole: 0 };
  const [group] = thin(columns, Uint32Array.from(flights.keys()), groups);
  expect(group?.leftOut).toBe(flights.length - (group?.drawn.length ?? 0));
  return (group?.drawn ?? []).map((place) => flights[place] as Flight);
}

test('of frames whose lines fall on one another the first is drawn, and the one that is looked at', () => {
  const flights = [0, 0.1, 0.2, 0.3, 5].map((sentAt) => textFlight(sentAt));
  expect(drawnOf(flights, 1)).toEqual([flights[0], flights[4]]);
  expect(drawnOf(flights, 1, 2)).toEqual([flights[0], flights[2], flights[4]]);
  expect(drawnOf(flights, 40)).toEqual(flights);
});

test('frames that leave together and arrive one after the other are told apart', () => {
  const flights = [100, 150, 200].map((receivedAt) => textFlight(0, { receivedAt }));
  expect(drawnOf(flights, 0.1)).toEqual(flights);
});

test('the other direction, control frames, the handshake and frames that were lost are not left out for the data around them', () => {
  const flights = [
    textFlight(0),
    answer(0),
    textFlight(0, { opcode: 9 }),
    textFlight(0, { kind: 'handshake' }),
    textFlight(0, { receivedAt: undefined }),
  ];
  expect(drawnOf(flights, 0.01)).toEqual(flights);
});

test('flights of one pair of lanes do not stand for those of another, and what is in none is not drawn', () => {
  const flights = ['A1', 'B1', 'A1', 'C1', 'B1'].map((connection) => textFlight(0, { connection }));
  const groups = { groupOf: Int32Array.of(0, 1, -1), groups: 2, perMs: 1, keep: -1, whole: 0 };
  expect(thin(FlightColumns.of(flights), Uint32Array.from(flights.keys()), groups)).toEqual([
    { drawn: [0], leftOut: 1 },
    { drawn: [1], leftOut: 1 },
  ]);
});

test('what carried bytes is drawn as long as it was, however short its parts', () => {
  const step = fc.record({
    gap: fc.double({ min: 0.01, max: 5, noNaN: true }),
    takes: fc.double({ min: 0.01, max: 5, noNaN: true }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), fc.double({ min: 0.01, max: 10, noNaN: true }), (steps, scale) => {
      let time = 0;
      const spans = steps.map(({ gap, takes }): [number, number] => [(time += gap), (time += takes)]);
      const drawn = lengths(spans, 0, Infinity, (ms) => ms * scale);
      const sum = (list: readonly (readonly [number, number])[]): number => list.reduce((all, [a, b]) => all + b - a, 0);
      expect(sum(drawn)).toBeCloseTo(sum(spans) * scale, 6);
      expect(drawn.length).toBeLessThanOrEqual(Math.min(spans.length, 2 * Math.ceil(time * scale) + 1));
      for (const [i, [from]] of drawn.entries()) expect(from).toBeGreaterThanOrEqual(drawn[i - 1]?.[1] ?? 0);
    }),
  );
});

test('keeps the shape of a queue whose steps are closer than pixels: each pixel its highest, and the last goes on', () => {
  // One byte more with each step, then one fewer: 100 steps a pixel.
  const times = Array.from({ length: 2001 }, (_, i) => i);
  const values = times.map((i) => (i <= 1000 ? i : 2000 - i));
  const found = levels(times, values, { from: 0, to: 2000, start: 0, end: 20 });
  expect(found.length).toBeLessThanOrEqual(2 * 42);
  const at = found.filter((_, i) => i % 2 === 0);
  const most = found.filter((_, i) => i % 2 === 1);
  for (const [i, level] of most.entries())
    expect(Math.abs(level - (1000 - Math.abs(1000 - 100 * (at[i] as number))))).toBeLessThanOrEqual(100);
  expect(Math.max(...most)).toBe(1000);
  expect(found.slice(-2)).toEqual([20, 0]);
});

test('begins with the level that holds where the view begins, and ends with the view', () => {
  const found = levels([0, 10, 90], [5, 7, 1], { from: 40, to: 80, start: 40, end: 80 });
  expect(found).toEqual([40, 7]);
});
