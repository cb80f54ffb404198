import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TraceEvent } from '../../../protocol/trace/trace.ts';
import { countRooms } from './lane-pairs.ts';
import { ConversationReader } from './conversation.ts';
import { connection, conversationOf, started, textFlight } from '../testing/flights-for-tests.ts';

/** Returns three frames that wait for each other. */
const queued = (id: string) =>
  [0, 1, 2].map((at) => textFlight(at, { connection: id, onLink: { queuedAt: at, from: at + 100, to: at + 200 } }));

test('a picture is as high as its pairs need, and higher by one for two queues', () => {
  const lives = ['A1', 'A2', 'A3'].map((id) => connection(id, `/${id}`));
  const rooms = (queues: string[]): number =>
    countRooms(conversationOf([textFlight(0, { connection: 'A3' }), ...queues.flatMap(queued)], lives));
  expect([rooms([]), rooms(['A1']), rooms(['A1', 'A2'])]).toEqual([3, 3, 4]);
  expect(countRooms(conversationOf(queued('A1')))).toBe(1);
});

const closing = (id: string, at: 'client' | 'server', time: number, code = 1000): TraceEvent => ({
  time,
  at,
  connection: id,
  name: 'connection_closed',
  code,
  reason: '',
  wasClean: code !== 1006,
});

describe('a client that connects again', () => {
  /** Returns how many pairs of lanes two connections take, the second begun at 300 ms. */
  const pairs = (...ends: TraceEvent[]): number => {
    const lives = [connection('A1'), connection('A2')];
    return conversationOf([], lives, [started('A1', 0), started('A2', 300), ...ends]).pairs.length;
  };

  test('goes on in the lanes of a connection that it knew to be closed in order, whenever the server heard of that', () => {
    expect(pairs(closing('A1', 'client', 299))).toBe(1);
    expect(pairs(closing('A1', 'client', 299), closing('A1', 'server', 301))).toBe(1);
    expect(pairs(closing('A1', 'client', 299), closing('A1', 'server', 900))).toBe(1);
  });

  test('goes on in the lanes of one that was cut, which the server noticed at about the same time', () => {
    expect(pairs(closing('A1', 'client', 299, 1006), closing('A1', 'server', 301, 1006))).toBe(1);
  });

  test('gets lanes of its own beside one that has not ended for it, or that the server went on with', () => {
    expect(pairs()).toBe(2);
    expect(pairs(closing('A1', 'client', 301))).toBe(2);
    expect(pairs(closing('A1', 'client', 299, 1006), closing('A1', 'server', 900, 1006))).toBe(2);
  });
});

test('two runs over /raw, one after the other, never take more than two pairs of lanes, in whatever order the two ends report', () => {
  const told: TraceEvent[] = [
    started('A1', 14.8, '/raw'),
    closing('A1', 'client', 243.6),
    started('A2', 243.7, '/raw'),
    closing('A2', 'client', 461.9),
  ];
  const tapped: TraceEvent[] = [
    started('rawA1', 20.21),
    closing('rawA1', 'client', 229.97, 1006),
    closing('rawA1', 'server', 231.34, 1006),
    closing('A1', 'server', 245.72),
    started('rawA2', 246.76),
    closing('rawA2', 'client', 452.52, 1006),
    closing('rawA2', 'server', 452.69, 1006),
    closing('A2', 'server', 463.05),
  ];
  const turns = fc.array(fc.boolean(), { minLength: told.length + tapped.length, maxLength: told.length + tapped.length });
  fc.assert(
    fc.property(turns, (turn) => {
      const [left, right] = [[...told], [...tapped]];
      const trace = { connections: [] as ReturnType<typeof connection>[], events: [] as TraceEvent[] };
      const reader = new ConversationReader({ trace, flights: [] }, () => 0);
      for (const isTold of turn) {
        // The tap reports what followed from the page's actions, so its events cannot come earlier.
        const mayBeTapped = left.length < told.length && (left.length <= 1 || right[0]?.connection !== 'rawA2');
        const event = (isTold || !mayBeTapped ? left.shift() : right.shift()) ?? left.shift() ?? right.shift();
        if (!event) break;
        if (event.name === 'connection_started') {
          const client = event.connection.replace(/\d+$/, '');
          trace.connections.push({ id: event.connection, client, url: event.url });
        }
        trace.events.push(event);
        expect(reader.read(true).pairs.length).toBeLessThanOrEqual(2);
      }
    }),
  );
});
