import { expect, test } from 'vitest';
import { conversationOf, connection, textFlight } from '../testing/flights-for-tests.ts';
import { bandsOf } from '../conversation/lane-pairs.ts';
import { laneGeometryOf } from './lane-geometry.ts';

test('the ways of all pairs are equally long, however much room the ends of one pair need for what they hold', () => {
  const ids = ['A1', 'A2', 'A3'];
  const flights = ids.map((id) => textFlight(0, { connection: id }));
  const { connections } = conversationOf(flights, ids.map((id) => connection(id, `/${id}`))); // prettier-ignore
  for (const orientation of ['across', 'down'] as const) {
    const size = { width: 560, height: 470, orientation, pairs: 3 };
    const { bands } = laneGeometryOf(bandsOf(connections), true, size, ({ url }) =>
      url === '/A2' ? { client: 44, server: 44 } : { client: 0, server: 0 },
    );
    const [first, second, third] = bands.map(({ clients, servers }) => (servers[0] as number) - (clients[0] as number));
    expect(first).toBeGreaterThan(40);
    expect(second).toBeCloseTo(first as number, 6);
    expect(third).toBeCloseTo(first as number, 6);
  }
});
