/** Finds times at which everything can have happened: no effect precedes its cause, and no event moves further than it must. */
import type { CausalPair } from '../../../protocol/trace/causality.ts';
import type { TraceEvent } from '../../../protocol/trace/trace.ts';

/** More passes than any trace needs. Without a limit, a cause that is its own effect would loop for ever. */
const mostPasses = 100;

/**
 * Moves each event by the least that puts it after its causes, and keeps the order in which each end saw its own events. Events
 * need moving only because clocks are coarse or not known exactly: it is tenths of a millisecond.
 */
export function putInOrder(ends: readonly (readonly TraceEvent[])[], pairs: readonly CausalPair[]): void {
  const causes = new Map<TraceEvent, TraceEvent[]>();
  for (const { cause, effect } of pairs) {
    const known = causes.get(effect);
    if (known) known.push(cause);
    else causes.set(effect, [cause]);
  }
  let isMoved = true;
  for (let pass = 0; isMoved && pass < mostPasses; pass++) {
    isMoved = false;
    for (const end of ends) {
      let least = -Infinity;
      for (const event of end) {
        for (const { time } of causes.get(event) ?? []) least = Math.max(least, time);
        if (event.time < least) {
          event.time = least;
          isMoved = true;
        }
        least = event.time;
      }
    }
  }
}
