import { expect, test } from 'vitest';
import { flights, patternOf } from './flights-chunk.ts';

test('the pattern of the chunk matches its modules, wherever the project is, and no others', () => {
  expect(flights.test('/home/x/project/protocol/trace/flight.ts')).toBe(true);
  expect(flights.test('/home/x/project/site/timeline/conversation/flight-time-index.ts')).toBe(true);
  expect(flights.test('/home/x/project/protocol/trace/flight-index.test.ts')).toBe(false);
  expect(flights.test('/home/x/project/protocol/trace/causality.ts')).toBe(false);
});

test('a module that was moved or renamed fails the build, with its name', () => {
  expect(() => patternOf(['protocol/trace/flight', 'protocol/trace/flown'])).toThrow(
    'site/vite/flights-chunk.ts names modules that do not exist: protocol/trace/flown. Name where they are now.',
  );
});
