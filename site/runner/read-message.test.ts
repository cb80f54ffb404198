import { describe, expect, test } from 'vitest';
import type { WorkerItem } from '../../protocol/messages/runner-messages.ts';
import { BrokenRule } from './read-event.ts';
import { messageLimits } from './message-limits.ts';
import { readMessage } from './read-message.ts';

const line = { type: 'console', level: 'log', time: 1, text: 'x' };
const opened = { time: 1, at: 'client', connection: 'A1', name: 'connection_opened' };
const batchOf = (...items: unknown[]): unknown => ({ type: 'batch', items });
const itemsOf = (...items: unknown[]): readonly WorkerItem[] => {
  const message = readMessage(batchOf(...items), 'A');
  return message.type === 'batch' ? message.items : [];
};

describe('what a Worker sends', () => {
  test('is read as it is', () => {
    const items = [
      line,
      { type: 'note', time: 2, text: 'n' },
      { type: 'omitted', count: 3 },
      { type: 'idle', time: 4 },
      { type: 'closed', time: 5 },
      { type: 'fault', time: 5, text: 'f' },
      { type: 'error', kind: 'thrown', time: 6, name: 'TypeError', message: 'boom', line: 2, column: 3 },
      { type: 'event', event: { time: 7, at: 'client', connection: 'A1', name: 'connection_started', url: '/echo' } },
      { type: 'event', event: { ...opened, name: 'message_sent', message: 0, kind: 'text', length: 5 } },
      { type: 'event', event: { ...opened, name: 'connection_closed', code: 1000, reason: '', wasClean: true } },
      { type: 'event', event: { ...opened, name: 'close_called', code: 4001 } },
      { type: 'event', event: { ...opened, name: 'chunk_read', request: 0, chunk: 0 } },
    ];
    expect(itemsOf(...items)).toEqual(items);
    expect(readMessage({ type: 'pong', time: 8 }, 'A')).toEqual({ type: 'pong', time: 8 });
  });

  test('loses the fields that a client does not know', () => {
    const event = { ...opened, bytes: '00'.repeat(1000), exchange: 3, direction: 'client-to-server' };
    expect(itemsOf({ type: 'event', event })).toEqual([{ type: 'event', event: opened }]);
  });

  test('is cut when a text is longer than its place allows', () => {
    const [item] = itemsOf({ type: 'error', kind: 'thrown', time: 1, name: 'n'.repeat(5000), message: '' });
    expect(item).toMatchObject({ name: `${'n'.repeat(messageLimits.name)}…` });
  });
});

describe('what no Worker sends breaks a rule', () => {
  const event = (fields: object): unknown => batchOf({ type: 'event', event: { ...opened, ...fields } });
  test.each<[what: string, message: unknown]>([
    ['nothing', undefined],
    ['a text', 'batch'],
    ['no type', {}],
    ['items that are none', { type: 'batch', items: 'abc' }],
    ['items that are a list in disguise', { type: 'batch', items: { length: 1, 0: line } }],
    ['an item that is nothing', batchOf(null)],
    ['an item of another type', batchOf({ type: 'trace' })],
    ['too many items', batchOf(...Array.from({ length: messageLimits.itemsPerBatch + 1 }, () => line))],
    ['a text of a million characters', batchOf({ ...line, text: 'x'.repeat(1e6) })],
    ['texts of too many characters in all', batchOf(...Array.from({ length: 20 }, () => ({ ...line, text: 'x'.repeat(1000) })))],
    ['a text that is a number', batchOf({ ...line, text: 5 })],
    ['a level that there is not', batchOf({ ...line, level: 'alert' })],
    ['a time that is none', batchOf({ ...line, time: NaN })],
    ['a count that is negative', batchOf({ type: 'omitted', count: -1 })],
    ['a count that is no number', batchOf({ type: 'omitted', count: '5' })],
    ['a place that is no number', batchOf({ type: 'error', kind: 'thrown', time: 1, name: '', message: '', line: {} })],
    ['a pong without a time', { type: 'pong' }],
    ['an event that is nothing', batchOf({ type: 'event' })],
    ["the server's word", event({ at: 'server' })],
    ["the socket's word", event({ at: 'socket', name: 'frame_sent', direction: 'client-to-server', frame: 0 })],
    ['a frame, said to be seen by the client', event({ name: 'frame_sent', direction: 'client-to-server', frame: 0 })],
    ['a handshake', event({ name: 'handshake_sent', direction: 'client-to-server' })],
    ['an event by the name of what every object has', event({ name: 'toString' })],
    ['the connection of another client', event({ connection: 'B1' })],
    ['a connection in the sandbox', event({ connection: 'rawA1' })],
    ['a connection without a number', event({ connection: 'A' })],
    ['a connection that is an object', event({ connection: { toString: () => 'A1' } })],
    ['a time without an end', event({ time: Infinity })],
    ['a message with a negative number', event({ name: 'message_sent', message: -1, kind: 'text', length: 1 })],
    ['a length that is none', event({ name: 'message_sent', message: 0, kind: 'text', length: 1e300 })],
    ['a close code that is none', event({ name: 'connection_closed', code: 70_000, reason: '', wasClean: true })],
    ['part of a response that no client sees', event({ name: 'response_received', request: 0, part: 2 ** 31, status: 200 })],
  ])('%s', (_what, message) => {
    expect(() => readMessage(message, 'A')).toThrow(BrokenRule);
  });
});
