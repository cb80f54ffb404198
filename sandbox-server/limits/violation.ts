import type { NoPlace } from '../endpoints/shares.ts';
import type { OptionName } from '../options.ts';

/** Why a connection is closed: the close code (RFC 6455 §7.4.1) and a sentence of at most 123 bytes for the reader. */
export interface Violation {
  code: 1002 | 1007 | 1008 | 1009 | 1013;
  reason: string;
  /** The option that bounds it. */
  limit: string;
}

export const tooLong = (most: number): Violation => ({
  code: 1009,
  reason: `A message may have at most ${most} bytes here.`,
  limit: 'maxMessageBytes',
});

export const tooManyFragments = (most: number): Violation => ({
  code: 1008,
  reason: `A message may have at most ${most} fragments here.`,
  limit: 'maxFragments',
});

export const tooOften = (perSecond: number, burst: number, limit: OptionName): Violation => ({
  code: 1008,
  reason: `At most ${perSecond} messages a second, or ${burst} at once, are accepted here.`,
  limit,
});

export const tooSlow = (most: number): Violation => ({
  code: 1013,
  reason: `More than ${most} bytes wait for this connection: it reads too slowly.`,
  limit: 'maxQueueBytes',
});

/** Returns the violation for a connection that did nothing wrong, but gives way to others. */
export const givesWay = ({ reason, limit }: NoPlace): Violation => ({ code: 1013, reason, limit });
