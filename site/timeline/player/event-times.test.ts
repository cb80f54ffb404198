import { expect, test } from 'vitest';
import { answer, started, textFlight } from '../testing/flights-for-tests.ts';
import { eventTimesOf } from './event-times.ts';

test('steps go to each sending, departure and arrival once, and to what happened to a connection', () => {
  const flights = [textFlight(0), answer(50, { departedAt: 70, receivedAt: 100 })];
  const trace = { connections: [], events: [started('A1', 12)] };
  expect([...eventTimesOf({ trace, flights })]).toEqual([0, 12, 50, 70, 100]);
});
