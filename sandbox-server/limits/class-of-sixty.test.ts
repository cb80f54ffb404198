import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Trace, TraceEvent } from '../../protocol/trace/trace.ts';
import { type OptionName, resolveOptions } from '../options.ts';
import { connect, startServer, watch } from '../testing/client.ts';

const learners = 60;

/** The options that bound what a run takes, on the whole server or behind one address. */
const boundsOf = {
  connections: ['maxConnections', 'maxAddressConnections'],
  sessions: ['maxSessions', 'maxAddressSessions'],
  rooms: ['maxRooms'],
  halfDuplexChannels: ['maxRooms'],
  crowds: ['maxCrowds'],
  doors: ['maxCrowds'],
  channels: ['maxChannels'],
  eventStreams: ['maxEventStreams', 'maxAddressEventStreams'],
  longPolls: ['maxLongPolls', 'maxAddressLongPolls'],
} as const satisfies Record<string, readonly OptionName[]>;

type Needs = Record<keyof typeof boundsOf, number>;

/** Returns what a recorded run took: all its connections, as if none had ended, and the most requests under way at once. */
function needsOf({ events }: Trace): Needs {
  const opened = events.flatMap((event) => (event.name === 'connection_started' ? [pathOf(event.url)] : []));
  const asked = events.flatMap((event) => (event.name === 'exchange_started' ? [pathOf(event.target)] : []));
  const all = (paths: string[], part: RegExp): string[] => paths.flatMap((path) => part.exec(path)?.slice(0, 1) ?? []);
  const names = (paths: string[], part: RegExp): number => new Set(all(paths, part)).size;
  return {
    // Plus the tap.
    connections: opened.length + 1,
    sessions: 1,
    rooms: names(opened, /\/broadcast\/[^/]*$/),
    halfDuplexChannels: names(opened, /\/half-duplex\/[^/]*$/),
    crowds: all(opened, /\/crowd$/).length,
    doors: all(opened, /\/door$/).length,
    channels: names(asked, /\/(?:events|poll|long-poll|messages)\/[^/]*$/),
    eventStreams: mostAtOnce(events, /\/events\/[^/]*$/),
    longPolls: mostAtOnce(events, /\/long-poll\/[^/]*$/),
  };
}

const pathOf = (target: string): string => new URL(target, 'http://sandbox').pathname;

/** Returns the most exchanges at these addresses that were under way at the same time. */
function mostAtOnce(events: readonly TraceEvent[], path: RegExp): number {
  const underWay = new Set<number | undefined>();
  let most = 0;
  for (const event of events.toSorted((a, b) => a.time - b.time)) {
    if (event.name === 'exchange_started' && path.test(pathOf(event.target))) underWay.add(event.exchange);
    if (event.name === 'exchange_ended') underWay.delete(event.exchange);
    most = Math.max(most, underWay.size);
  }
  return most;
}

const content = join(import.meta.dirname, '../../content');
const examples = globSync('*/*/trace.json', { cwd: content }).sort();

test('a class of sixty behind one address can run any example at the same moment, going by its recorded run', () => {
  const options = resolveOptions({});
  const most: Partial<Needs> = {};
  for (const file of examples) {
    const needs = needsOf(JSON.parse(readFileSync(join(content, file), 'utf8')) as Trace);
    for (const [what, limits] of Object.entries<readonly OptionName[]>(boundsOf) as [keyof Needs, readonly OptionName[]][]) {
      most[what] = Math.max(most[what] ?? 0, needs[what]);
      for (const limit of limits) expect(options[limit], `${file}: ${limit}`).toBeGreaterThanOrEqual(learners * needs[what]);
    }
  }
  // At least one example takes something of each kind; otherwise a pattern above is wrong.
  expect(Object.values(most).every((needed) => needed > 0)).toBe(true);
  expect(examples.length).toBeGreaterThan(40);
});

test('when sixty people start two crowds and a door each, all crowds report, all visitors come, nothing gives way', async () => {
  await using running = await startServer();
  const people = Array.from({ length: learners }, async () => {
    const { base } = await watch(running.origin);
    const crowd = async (): Promise<string> => {
      const { socket, messages } = await connect(`${base}/crowd`);
      socket.send('[[1100, 500, 500, 500], [1100, 500, 500, 500]]');
      return await messages.first((text) => text.includes('attempts'));
    };
    const door = async (): Promise<number> => {
      const { socket, messages } = await connect(`${base}/door`);
      for (let answered = 0; ;) {
        const message = JSON.parse(await messages.next()) as { type: string; visitor?: number };
        if (message.type === 'over') return answered;
        if (message.type === 'answered') answered++;
        if (message.type === 'knock') socket.send(JSON.stringify({ visitor: message.visitor, allow: true }));
      }
    };
    return await Promise.all([crowd(), crowd(), door()]);
  });
  for (const [one, other, visitors] of await Promise.all(people)) {
    expect([one, other].map((text) => (JSON.parse(text) as { connected: number }).connected)).toEqual([2, 2]);
    expect(visitors).toBe(8);
  }
  expect(await (await fetch(`${running.origin}/metrics`)).text()).not.toMatch(/^duplex_gave_way_total\{/m);
});
