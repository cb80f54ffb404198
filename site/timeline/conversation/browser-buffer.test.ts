import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FlightTable } from '../../../protocol/trace/flight-table.ts';
import { heldByBrowser } from './browser-buffer.ts';
import { textFlight } from '../testing/flights-for-tests.ts';

/** Returns a frame of `length` bytes that the program sent at `at` and the link got at `gotAt`. */
const sent = (at: number, gotAt: number | undefined, length: number, changes: Parameters<typeof textFlight>[1] = {}) =>
  textFlight(at, { length, ...(gotAt !== undefined && { onLink: { queuedAt: gotAt, from: gotAt, to: undefined } }), ...changes });

test('between two readings the browser holds no more than the link has yet to get', () => {
  const columns = FlightTable.of([sent(0, 15, 400), sent(0, 25, 400), sent(0, undefined, 200)]);
  const readings = [{ time: 10, amount: 900 }, { time: 20, amount: 300 }, { time: 30, amount: 0 }]; // prettier-ignore
  expect(heldByBrowser(columns, 0, readings)).toEqual([
    [10, 900],
    [15, 600],
    [20, 300],
    [25, 200],
    [30, 0],
  ]);
});

test('never holds more than a reading said, nor more than was sent and the link has yet to get', () => {
  const flight = fc.record({
    at: fc.nat(100),
    takes: fc.option(fc.nat(100), { nil: undefined }),
    length: fc.integer({ min: 1, max: 99 }),
  });
  const reading = fc.record({ time: fc.nat(200), amount: fc.nat(5000) });
  fc.assert(
    fc.property(fc.array(flight, { minLength: 1, maxLength: 30 }), fc.array(reading, { maxLength: 10 }), (flights, unsorted) => {
      const readings = unsorted.toSorted((a, b) => a.time - b.time);
      const columns = FlightTable.of(
        flights.map(({ at, takes, length }) => sent(at, takes === undefined ? undefined : at + takes, length)),
      );
      for (const [time, bytes] of heldByBrowser(columns, 0, readings)) {
        const out = flights.filter(({ at, takes }) => at <= time && (takes === undefined || at + takes > time));
        const most = Math.max(0, ...readings.filter((read) => read.time <= time).map(({ amount }) => amount));
        expect(bytes).toBeLessThanOrEqual(most);
        // Frames may come and go at one moment. In between, no more is held than with all that came.
        const came = flights.filter(({ at, takes }) => at === time || at + (takes ?? 0) === time);
        expect(bytes).toBeLessThanOrEqual([...out, ...came].reduce((sum, { length }) => sum + length, 0));
      }
    }),
  );
});

test('counts all frames of a message as sent with the first of them', () => {
  const part = (fin: boolean, opcode: number) => ({ captured: { fin, rsv: 0, opcode, masked: true, length: 100, bytes: '' } });
  const flights = [sent(0, 20, 100, part(false, 2)), sent(30, 30, 100, part(true, 0))];
  expect(heldByBrowser(FlightTable.of(flights), 0, [{ time: 10, amount: 200 }])).toEqual([
    [10, 200],
    [20, 100],
    [30, 0],
  ]);
});

test('goes by the readings alone for compressed messages: their frames are shorter than what the program sent', () => {
  const flights = [
    sent(0, 20, 10, { isCompressed: true, captured: { fin: true, rsv: 4, opcode: 1, masked: true, length: 10, bytes: '' } }),
  ];
  const readings = [{ time: 10, amount: 500 }, { time: 30, amount: 0 }]; // prettier-ignore
  expect(heldByBrowser(FlightTable.of(flights), 0, readings)).toEqual([[10, 500], [30, 0]]); // prettier-ignore
});
