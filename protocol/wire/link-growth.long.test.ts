import { expect, test } from 'vitest';
import { growth, linear } from '../testing/growth-for-tests.ts';
import { Link } from './link.ts';
import { idealLink, type LinkConditions } from './link-conditions.ts';
import type { Direction } from './direction.ts';

const up: Direction = 'client-to-server';
const down: Direction = 'server-to-client';

const cases: [string, Partial<LinkConditions>][] = [
  ['a link with latency', { latency: 1000 }],
  ['a link with jitter and loss', { latency: 1000, jitter: 50, loss: 5 }],
  ['a link with a bandwidth', { bandwidth: 1_000_000 }],
  ['a half-duplex link', { duplex: 'half', latency: 10 }],
  ['a link that is cut', { latency: 1000, cut: 500 }],
];

test.each(cases)('%s carries many small units in linear time', (_, conditions) => {
  expect(
    growth(
      (size) => () => {
        const link = new Link<number>({ ...idealLink, ...conditions });
        for (let unit = 0; unit < size; unit++) {
          link.send(unit % 3 ? up : down, 6, unit, 0);
          // The driver of the link asks this after each unit.
          void link.nextTime;
        }
        return [...link.advance(0), ...link.advance(1e9)].length;
      },
      2000,
    ),
  ).toBeLessThan(linear);
});

test('a link can return more events at once than a call can have arguments', () => {
  const units = 200_000;
  const link = new Link<number>({ ...idealLink, cut: 500 });
  for (let unit = 0; unit < units; unit++) link.send(up, 6, unit, 0);
  const events = link.advance(500);
  expect(events.length).toBe(2 * units);
  expect(events.at(-1)).toEqual({ name: 'arrived', direction: up, time: 0, unit: units - 1 });
});
