/** The properties of a link, and what follows from them alone. */
import type { Direction } from './direction.ts';

/** How the two directions share the link. */
export type DuplexMode = 'simplex' | 'half' | 'full';

/** The properties of a link. */
export interface LinkConditions {
  duplex: DuplexMode;
  /** One way, in milliseconds. */
  latency: number;
  /** Each unit's latency grows by up to this many milliseconds, at random, with order kept. */
  jitter: number;
  /** Bits per second in each direction; 0 means no limit. */
  bandwidth: number;
  /** The seed of jitter and loss: an integer. */
  seed: number;
  /** The average percentage of units lost on their way, each time they are sent: 0 to 50. */
  loss: number;
  /** The link is cut this long after it opened, ms; 0 means never. */
  cut: number;
  /** The link goes silent this long after it opened, ms; 0 means never. */
  silent: number;
}

/** A link that has no effect: nothing waits and nothing takes time. */
export const idealLink: LinkConditions = {
  duplex: 'full',
  latency: 0,
  jitter: 0,
  bandwidth: 0,
  seed: 1,
  loss: 0,
  cut: 0,
  silent: 0,
};

/** Returns the seed of the nth of several links that share one seed: the first, n = 0, has that seed itself. */
export const nthSeed = (seed: number, n: number): number => (seed + Math.imul(n, 0x9e3779b9)) | 0;

/** Returns true if the link changes nothing and can be left out. */
export function isIdeal(conditions: LinkConditions): boolean {
  const { duplex, latency, jitter, bandwidth, loss, cut, silent } = conditions;
  return duplex === 'full' && [latency, jitter, bandwidth, loss, cut, silent].every((value) => value === 0);
}

/** Returns true if the link carries this direction at all. */
export function carries(duplex: DuplexMode, direction: Direction): boolean {
  return duplex !== 'simplex' || direction === 'server-to-client';
}
