import type { Held } from '../endpoints/shares.ts';
import type { AddressTally, SessionTally, Share } from './tally.ts';

/**
 * Returns what the richest session of the richest address would miss least: first what nobody would miss, then what was used
 * longest ago. Something that a poorer holder shares does not count as theirs. `mayLose` says whether the holder may lose
 * something to the newcomer, something idle or something else.
 */
export function leastMissed(
  addresses: Iterable<AddressTally>,
  mayLose: (holder: SessionTally, isIdle: boolean) => boolean,
): Share | undefined {
  for (const { sessions } of richestFirst(addresses)) {
    for (const tally of richestFirst(sessions.values())) {
      const [mayLoseIdle, mayLoseAny] = [mayLose(tally, true), mayLose(tally, false)];
      let least: Share | undefined;
      if (mayLoseIdle || mayLoseAny) {
        for (const share of tally.shares) {
          if (share.weight === 0 || share.poorest !== tally || !(isIdle(share.held) ? mayLoseIdle : mayLoseAny)) continue;
          if (!least || isMissedLess(share.held, least.held)) least = share;
        }
      }
      if (least) return least;
    }
  }
  return undefined;
}

export const isIdle = (held: Held): boolean => held.isIdle?.() ?? false;

const richestFirst = <Tally extends { held: number }>(tallies: Iterable<Tally>): Tally[] =>
  [...tallies].sort((a, b) => b.held - a.held);

function isMissedLess(one: Held, other: Held): boolean {
  if (isIdle(one) !== isIdle(other)) return isIdle(one);
  return (one.usedAt?.() ?? 0) < (other.usedAt?.() ?? 0);
}
