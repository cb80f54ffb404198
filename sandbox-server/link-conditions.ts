/** Reads link conditions from the outside: an address's query or a message on the tap. Both use one table of ranges. */
import { z } from 'zod';
import type { LinkConditions } from '../protocol/wire/link-conditions.ts';
import { integerIn, ParameterError, wordIn } from './endpoints/parameters.ts';

const modes = ['full', 'half', 'simplex'] as const;
/** In ms, ms, bit/s (0 is no limit), an integer, percent, ms after the opening, and the same (0 is never). */
const ranges = {
  latency: [0, 10_000],
  jitter: [0, 10_000],
  bandwidth: [100, 1_000_000_000],
  seed: [-(2 ** 31), 2 ** 31 - 1],
  loss: [0, 50],
  cut: [0, 600_000],
  silent: [0, 600_000],
} as const;
const integers = ['latency', 'jitter', 'seed', 'loss', 'cut', 'silent'] as const;
const units = {
  latency: 'of ms one way, ',
  jitter: 'of ms one way, ',
  bandwidth: 'of bit/s, ',
  seed: '',
  loss: 'of units lost in a hundred, ',
  cut: 'of ms after the opening, ',
  silent: 'of ms after the opening, ',
};

/** Says in words what each condition may be. */
export function linkRanges(): { name: string; takes: string }[] {
  const numbers = Object.entries(ranges).map(([name, [least, most]]) => {
    const none = name === 'bandwidth' ? ', or 0 for no limit' : '';
    return { name, takes: `a whole number ${units[name as keyof typeof ranges]}from ${least} to ${most}${none}` };
  });
  const simplex = '"simplex" carries only server-to-client, so HTTP is refused on it';
  return [{ name: 'duplex', takes: `${modes.map((mode) => `"${mode}"`).join(' or ')}; ${simplex}` }, ...numbers];
}

/** Returns the conditions that a query sets, without the others. Throws a ParameterError for a value out of range. */
export function conditionsFromQuery(query: URLSearchParams): Partial<LinkConditions> {
  const conditions: Partial<LinkConditions> = {};
  if (query.has('duplex')) conditions.duplex = wordIn(query, 'duplex', modes);
  for (const name of integers) {
    if (query.has(name)) conditions[name] = integerIn(query, name, ranges[name], 0);
  }
  if (query.has('bandwidth')) conditions.bandwidth = bandwidthFrom(query);
  return conditions;
}

function bandwidthFrom(query: URLSearchParams): number {
  const text = query.get('bandwidth') ?? '';
  if (text === '0') return 0;
  try {
    return integerIn(query, 'bandwidth', ranges.bandwidth, 0);
  } catch {
    const [least, most] = ranges.bandwidth;
    throw new ParameterError('bandwidth', text, `a whole number of bits per second from ${least} to ${most}, or 0 for no limit`);
  }
}

const between = ([least, most]: readonly [number, number]) => z.number().min(least).max(most);

/** The conditions as JSON on the tap. */
export const conditionsSchema = z.strictObject({
  duplex: z.enum(modes).exactOptional(),
  latency: between(ranges.latency).exactOptional(),
  jitter: between(ranges.jitter).exactOptional(),
  bandwidth: z.union([z.literal(0), between(ranges.bandwidth)]).exactOptional(),
  seed: z.int().min(ranges.seed[0]).max(ranges.seed[1]).exactOptional(),
  loss: between(ranges.loss).exactOptional(),
  cut: between(ranges.cut).exactOptional(),
  silent: between(ranges.silent).exactOptional(),
});
