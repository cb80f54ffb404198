import fc from 'fast-check';
import { expect, test } from 'vitest';
import { emptyTrace, fromHex, readTrace, toHex } from './trace.ts';

test('a trace is the same after a round trip through JSON', () => {
  const trace = emptyTrace();
  trace.connections.push({ id: 'A1', client: 'A', url: '/echo' });
  trace.events.push({ time: 0.5, at: 'client', connection: 'A1', name: 'connection_started', url: '/echo' });
  expect(readTrace(JSON.stringify(trace))).toEqual(trace);
});

test.each([
  ['hello', 'Cannot read trace: the file is not JSON'],
  ['null', 'Cannot read trace: the file has no "version", so it is not a trace'],
  ['{"log":{}}', 'Cannot read trace: the file has no "version", so it is not a trace'],
  [' ', 'Cannot read trace: the file is empty'],
  ['{"version":1,"connections":[{"id":"A', 'Cannot read trace: the file breaks off before its end'],
  ['{"version":2}', 'Cannot read trace: it has version 2; this page reads version 1, so it comes from a newer Duplex Playground'],
  ['{"version":0}', 'Cannot read trace: it has version 0; this page reads version 1'],
  ['{"version":1,"connections":[]}', 'Cannot read trace: its "events" is not a list'],
  ['{"version":1,"connections":[],"events":[]}', 'Cannot read trace: its "clock" lacks offsetMs or uncertaintyMs'],
])('refuses %s and says what is wrong with it', (text, message) => {
  expect(() => readTrace(text)).toThrow(new SyntaxError(message));
});

test('bytes are the same after a round trip through hexadecimal text', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(fromHex(toHex(bytes))).toEqual(bytes);
    }),
  );
});

test('text that is not made of pairs of hexadecimal digits is refused', () => {
  for (const text of ['8', 'zz', '81 0g']) expect(() => fromHex(text)).toThrow('is not made of pairs of hexadecimal digits');
});
