/** What each link condition may be. An address, the tap and a program in the page may set them, and all are held to this one table. */
import type { LinkConditions } from './link-conditions.ts';

export const duplexModes = ['full', 'half', 'simplex'] as const;

/**
 * The least and the most: ms, ms, bit/s (0 is no limit), an integer, percent, ms after the opening, and the same (0 is never).
 */
export const conditionRanges = {
  latency: [0, 10_000],
  jitter: [0, 10_000],
  bandwidth: [100, 1_000_000_000],
  seed: [-(2 ** 31), 2 ** 31 - 1],
  loss: [0, 50],
  cut: [0, 600_000],
  silent: [0, 600_000],
} as const;

/** Returns true for link conditions in their ranges; any may be absent, and there may be no others. */
export function isLinkConditions(value: unknown): value is Partial<LinkConditions> {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).every(([name, condition]) => mayBe(name, condition));
}

function mayBe(name: string, value: unknown): boolean {
  if (name === 'duplex') return duplexModes.some((mode) => mode === value);
  if (!Object.hasOwn(conditionRanges, name) || typeof value !== 'number') return false;
  if (name === 'bandwidth' && value === 0) return true;
  const [least, most] = conditionRanges[name as keyof typeof conditionRanges];
  return value >= least && value <= most && (name !== 'seed' || Number.isInteger(value));
}
