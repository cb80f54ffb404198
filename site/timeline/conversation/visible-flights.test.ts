import { expect, test } from 'vitest';
import type { Flight } from '../../../protocol/trace/flight.ts';
import { FlightTable } from '../../../protocol/trace/flight-table.ts';
import { answer, textFlight } from '../testing/flights-for-tests.ts';
import { visibleFlights } from './visible-flights.ts';

/** Returns the flights of one connection that are drawn at `perMs` pixels a millisecond. */
function drawnOf(flights: readonly Flight[], perMs: number, keep = -1): Flight[] {
  const columns = FlightTable.of(flights);
  const groups = { groupOf: new Int32Array(1), groups: 1, perMs, keep, whole: 0 };
  const [group] = visibleFlights(columns, Uint32Array.from(flights.keys()), groups);
  expect(group?.leftOut).toBe(flights.length - (group?.drawn.length ?? 0));
  return (group?.drawn ?? []).map((place) => flights[place] as Flight);
}

test('draws the first of frames whose lines fall on one another, and the one that is looked at', () => {
  const flights = [0, 0.1, 0.2, 0.3, 5].map((sentAt) => textFlight(sentAt));
  expect(drawnOf(flights, 1)).toEqual([flights[0], flights[4]]);
  expect(drawnOf(flights, 1, 2)).toEqual([flights[0], flights[2], flights[4]]);
  expect(drawnOf(flights, 40)).toEqual(flights);
});

test('tells frames apart that leave together and arrive one after the other', () => {
  const flights = [100, 150, 200].map((receivedAt) => textFlight(0, { receivedAt }));
  expect(drawnOf(flights, 0.1)).toEqual(flights);
});

test('never leaves out the other direction, control frames, the handshake or lost frames for the data around them', () => {
  const flights = [
    textFlight(0),
    answer(0),
    textFlight(0, { opcode: 9 }),
    textFlight(0, { kind: 'handshake' }),
    textFlight(0, { receivedAt: undefined }),
  ];
  expect(drawnOf(flights, 0.01)).toEqual(flights);
});

test('draws each pair of lanes by its own flights, and does not draw flights that are in none', () => {
  const flights = ['A1', 'B1', 'A1', 'C1', 'B1'].map((connection) => textFlight(0, { connection }));
  const groups = { groupOf: Int32Array.of(0, 1, -1), groups: 2, perMs: 1, keep: -1, whole: 0 };
  expect(visibleFlights(FlightTable.of(flights), Uint32Array.from(flights.keys()), groups)).toEqual([
    { drawn: [0], leftOut: 1 },
    { drawn: [1], leftOut: 1 },
  ]);
});
