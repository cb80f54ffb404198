/** Reads what a program's Worker says it did. The reader's code runs there too, so anybody may have said it. */
import { isLinkConditions } from '../../protocol/wire/link-ranges.ts';
import type { Deed, Outcome } from '../switch/peer.ts';

/** Thrown for what no program of ours says. */
export class BrokenOutcome extends Error {
  override name = 'BrokenOutcome';
}

const isTime = (value: unknown): value is number => typeof value === 'number' && value >= 0;
const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;
const isPort = (value: unknown): boolean => isCount(value) && (value as number) <= 65_535;
const isOwnLink = (value: unknown): boolean => value === undefined || isLinkConditions(value);

/** What each deed must have, by its type. */
const fields: Record<Deed['type'], Record<string, (value: unknown) => boolean>> = {
  connect: { socket: isCount, port: isPort, carries: (value) => value === undefined || value === 'http', link: isOwnLink },
  'name-address': { address: isCount },
  ask: { socket: isCount, address: isCount, request: isCount, link: isOwnLink },
  write: { socket: isCount, bytes: (value) => value instanceof Uint8Array },
  end: { socket: isCount },
  destroy: { socket: isCount },
  listen: { port: isPort },
  'stop-listening': { port: isPort },
  exit: {},
  saw: { socket: isCount, event: (value) => typeof value === 'object' && value !== null },
};

function isDeed(value: unknown): value is Deed {
  const deed = value as Record<string, unknown> | null;
  if (typeof deed !== 'object' || deed === null || !isTime(deed['at'])) return false;
  const type = deed['type'] as Deed['type'];
  return Object.hasOwn(fields, type) && Object.entries(fields[type]).every(([name, isGood]) => isGood(deed[name]));
}

/** Returns the outcome if it is one. Throws a BrokenOutcome. */
export function readOutcome(data: unknown): Outcome {
  const { deeds, wakeAt } = (data ?? {}) as Partial<Outcome>;
  const isOutcome = Array.isArray(deeds) && deeds.every(isDeed) && (wakeAt === undefined || isTime(wakeAt));
  if (!isOutcome) throw new BrokenOutcome('a program said that it did what no program can do');
  return { deeds, wakeAt };
}
