import { expect, test } from 'vitest';
import { closingNote } from './why-closed.ts';

const closed = (code: number, reason = '') =>
  ({ time: 0, at: 'client', connection: 'A1', name: 'connection_closed', code, reason, wasClean: true }) as const;

test('a limit that was exceeded is told with its code and the reason that the server gave', () => {
  expect(closingNote(closed(1008, 'More than 50 messages a second.'))).toBe(
    'Connection A1 was closed with 1008, policy violation: More than 50 messages a second.',
  );
});

test('without a reason the meaning of the code is told', () => {
  expect(closingNote(closed(1009))).toBe(
    'Connection A1 was closed with 1009, message too big: A message was larger than the end that received it takes.',
  );
});

test('an ending that an end wished for, or that says nothing, is not commented', () => {
  expect([1000, 1001, 1005, 1006, 3000, 4001].map((code) => closingNote(closed(code)))).toEqual(Array(6).fill(undefined));
});
