import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect } from 'vitest';
import type { Options } from '../options.ts';
import type { SandboxServer } from '../server.ts';
import { startServer, until } from '../testing/client.ts';
import { HonestClients } from './honest-clients.ts';

/** A server on which nothing has happened yet, and the check that nothing of what happened is left. */
export interface WatchedServer {
  origin: string;
  port: number;
  server: SandboxServer;
  /** A figure of `/metrics`, by its name without `duplex_`. */
  figure: (name: string) => Promise<number>;
  /** Waits until connections, sessions and timers are as few as at the start, and all that is held as much as then. */
  backToBaseLine: () => Promise<void>;
}

/** Gauges that say what the server holds, beside its stats. */
const gauges = [
  'http_exchanges',
  'event_streams',
  'long_polls',
  'half_duplex_channels',
  'history_bytes',
  'queued_bytes',
  'held_refusals',
];

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 10));

export async function startWatchedServer(options: Partial<Options> = {}): Promise<WatchedServer & AsyncDisposable> {
  // What is kept for those who come back is kept shortly, so that a test need not wait for it.
  const running = await startServer({ historyAge: 0.2, ...options });
  const { server, origin } = running;
  const figure = async (name: string): Promise<number> => {
    const text = await (await fetch(`${origin}/metrics`)).text();
    return Number(new RegExp(`^duplex_${name} (\\d+)$`, 'm').exec(text)?.[1]);
  };
  const held = async (): Promise<Record<string, number>> => ({
    ...server.stats(),
    ...Object.fromEntries(await Promise.all(gauges.map(async (name) => [name, await figure(name)] as const))),
  });
  const before = await held();
  const { connections, sessions, timers } = server.stats();
  return {
    ...running,
    figure,
    async backToBaseLine() {
      await until(() => server.stats().connections <= connections);
      await until(() => server.stats().sessions <= sessions && server.stats().timers <= timers);
      let now = await held();
      for (let i = 0; i < 100 && now['history_bytes'] !== before['history_bytes']; i++) {
        await pause();
        now = await held();
      }
      expect(now).toEqual(before);
    },
  };
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Bytes of live objects, and of buffers beside them. */
function memory(): number {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** What memory may have grown by once all is over, in bytes: some thousand objects of Node's pools, and no message that is kept. */
const mostGrowth = 6 * 2 ** 20;

/**
 * Has a new server abused while so many honest clients talk on it and others come and go. None of them may be refused, and none
 * of their messages lost; and when all are gone the server holds what it held before, memory included.
 */
export async function amongHonest(
  count: number,
  options: Partial<Options>,
  abuse: (server: WatchedServer) => Promise<void>,
): Promise<void> {
  await using running = await startWatchedServer({ sessionIdle: 1, ...options });
  const talk = async (meanwhile: () => Promise<void>): Promise<void> => {
    const honest = await HonestClients.open(running.origin, count);
    await meanwhile();
    await honest.finish();
    await running.backToBaseLine();
  };
  // What the first who come have made, once, is no growth.
  await talk(() => Promise.resolve());
  const before = memory();
  await talk(() => abuse(running));
  let grown = memory() - before;
  // A socket or an inflater is let go some turns after it was closed.
  for (let i = 0; i < 20 && grown > mostGrowth; i++) {
    await pause();
    grown = memory() - before;
  }
  expect(grown, 'bytes of memory that are left').toBeLessThan(mostGrowth);
}
