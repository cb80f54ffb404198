/** Reads the link conditions that an address's query sets. */
import type { LinkConditions } from '../../protocol/wire/link-conditions.ts';
import { conditionRanges, duplexModes } from '../../protocol/wire/link-ranges.ts';
import { integerIn, ParameterError, wordIn } from './parameters.ts';

const integers = ['latency', 'jitter', 'seed', 'loss', 'cut', 'silent'] as const;

/** Returns the conditions that a query sets, without the others. Throws a ParameterError for a value out of range. */
export function conditionsFromQuery(query: URLSearchParams): Partial<LinkConditions> {
  const conditions: Partial<LinkConditions> = {};
  if (query.has('duplex')) conditions.duplex = wordIn(query, 'duplex', duplexModes);
  for (const name of integers) {
    if (query.has(name)) conditions[name] = integerIn(query, name, conditionRanges[name], 0);
  }
  if (query.has('bandwidth')) conditions.bandwidth = bandwidthFrom(query);
  return conditions;
}

function bandwidthFrom(query: URLSearchParams): number {
  const text = query.get('bandwidth') ?? '';
  if (text === '0') return 0;
  try {
    return integerIn(query, 'bandwidth', conditionRanges.bandwidth, 0);
  } catch {
    const [least, most] = conditionRanges.bandwidth;
    throw new ParameterError('bandwidth', text, `a whole number of bits per second from ${least} to ${most}, or 0 for no limit`);
  }
}
