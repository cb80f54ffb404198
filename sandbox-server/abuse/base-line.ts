import { isDeepStrictEqual } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect } from 'vitest';
import type { Options } from '../options.ts';
import type { SandboxServer } from '../server.ts';
import { startServer, until } from '../testing/client.ts';
import { HonestClients } from './honest-clients.ts';

/** A new server, and a check that nothing is left of what has happened on it. */
export interface WatchedServer {
  origin: string;
  port: number;
  server: SandboxServer;
  /** Returns a figure of `/metrics`, by its name without `duplex_`. */
  figure: (name: string) => Promise<number>;
  /** Waits until the server holds as little as at the start. Fails if it holds anything else after a minute. */
  backToBaseLine: () => Promise<void>;
}

/** Gauges of what the server holds, in addition to its stats. */
const gauges = [
  'http_exchanges',
  'event_streams',
  'long_polls',
  'half_duplex_channels',
  'history_bytes',
  'queued_bytes',
  'held_refusals',
];

/** How long the server may take to let go of everything, ms: far longer than it ever takes. */
const patience = 60_000;

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 10));

export async function startWatchedServer(options: Partial<Options> = {}): Promise<WatchedServer & AsyncDisposable> {
  // Keep history for clients that come back only briefly, so that a test need not wait for its end.
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
      // A busy machine hears late of a client that has left.
      let now = await held();
      for (const began = Date.now(); Date.now() - began < patience && !isDeepStrictEqual(now, before);) {
        await pause();
        now = await held();
      }
      expect(now).toEqual(before);
    },
  };
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Returns the bytes of live objects, and of the buffers outside the heap. */
function memory(): number {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** How much memory may have grown in the end, in bytes: some thousand objects of Node's pools, but no message that is kept. */
const mostGrowth = 6 * 2 ** 20;

/**
 * Runs `abuse` on a new server while `count` honest clients talk on it and others come and go. Fails if one of them is refused or
 * loses a message, or if the server, once all are gone, does not hold what it held before, memory included.
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
  // Talk once before measuring: what the server creates for its first clients is no growth.
  await talk(() => Promise.resolve());
  const before = memory();
  await talk(() => abuse(running));
  let grown = memory() - before;
  // A socket or an inflater is freed some turns after it was closed.
  for (let i = 0; i < 20 && grown > mostGrowth; i++) {
    await pause();
    grown = memory() - before;
  }
  expect(grown, 'bytes of memory that are left').toBeLessThan(mostGrowth);
}
