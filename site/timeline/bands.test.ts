import { expect, test } from 'vitest';
import { countRooms } from './bands.ts';
import { connection, conversationOf, textFlight } from './flights-for-tests.ts';

/** Three frames that wait for each other. */
const queued = (id: string) =>
  [0, 1, 2].map((at) => textFlight(at, { connection: id, onLink: { queuedAt: at, from: at + 100, to: at + 200 } }));

test('a picture is as high as its pairs need, and higher by one for two queues', () => {
  const lives = ['A1', 'A2', 'A3'].map((id) => connection(id, `/${id}`));
  const rooms = (queues: string[]): number =>
    countRooms(conversationOf([textFlight(0, { connection: 'A3' }), ...queues.flatMap(queued)], lives));
  expect([rooms([]), rooms(['A1']), rooms(['A1', 'A2'])]).toEqual([3, 3, 4]);
  expect(countRooms(conversationOf(queued('A1')))).toBe(1);
});
