import { expect, test } from 'vitest';
import type { TraceEvent } from '../../../protocol/trace/trace.ts';
import { closingNote, refusalTold } from './why-closed.ts';

const closed = (code: number, reason = '') =>
  ({ time: 0, at: 'client', connection: 'A1', name: 'connection_closed', code, reason, wasClean: true }) as const;

test('explains an exceeded limit by its code and the reason that the server gave', () => {
  expect(closingNote(closed(1008, 'More than 50 messages a second.'))).toBe(
    'Connection A1 was closed with 1008, policy violation: More than 50 messages a second.',
  );
});

test('gives the meaning of the code when there is no reason', () => {
  expect(closingNote(closed(1009))).toBe(
    'Connection A1 was closed with 1009, message too big: A message was larger than its receiver accepts.',
  );
});

test('says nothing about a close that an end wanted, or whose code says nothing', () => {
  expect([1000, 1001, 1005, 1006, 3000, 4001].map((code) => closingNote(closed(code)))).toEqual(Array(6).fill(undefined));
});

const asHex = (text: string): string => Buffer.from(text).toString('hex');
const answer = (connection: string, bytes: string): TraceEvent => ({
  time: 1,
  at: 'server',
  connection,
  name: 'handshake_sent',
  direction: 'server-to-client',
  bytes: asHex(bytes),
});

test('explains a refused handshake by the answer on the tap, even when that comes after the close', async () => {
  const events: TraceEvent[] = [answer('B1', "HTTP/1.1 404 Not Found\r\n\r\nanother's\n")];
  const told = refusalTold(() => events, 'A1');
  events.push(answer('A1', 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n"every" is "1": too small.\n'));
  expect(await told).toBe('The sandbox refused connection A1 (400): "every" is "1": too small.');
});

test('a handshake that was answered 101 was not refused', async () => {
  expect(await refusalTold(() => [answer('A1', 'HTTP/1.1 101 Switching Protocols\r\n\r\n')], 'A1')).toBeUndefined();
});
