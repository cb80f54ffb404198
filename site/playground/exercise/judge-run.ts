/** Judges a run with an exercise's check, or says why it cannot be judged. */
import type { Check } from '../../../protocol/messages/exercise.ts';
import { flightsOf } from '../../../protocol/trace/flight-index.ts';
import type { Trace } from '../../../protocol/trace/trace.ts';
import { checkFault } from './check-fault.ts';
import type { Judgement } from './judging.ts';

/** Never rejects. `lacks` is a sentence saying why the trace misses part of the run; undefined if it is complete. */
export async function judgeRun(load: (() => Promise<Check>) | undefined, trace: Trace, lacks?: string): Promise<Judgement> {
  if (lacks !== undefined) return { message: lacks };
  try {
    const check = await load?.();
    return check ? judgeTrace(check, trace) : { message: '' };
  } catch (problem) {
    return { message: checkFault(problem) };
  }
}

/** Never throws. */
export function judgeTrace(check: Check, trace: Trace): Judgement {
  const omitted = trace.events.reduce((sum, event) => sum + (event.name === 'events_omitted' ? event.count : 0), 0);
  if (omitted > 0) return { message: leftOut(omitted) };
  try {
    return check(trace, flightsOf(trace));
  } catch (problem) {
    return { message: checkFault(problem) };
  }
}

const leftOut = (count: number): string =>
  `${count === 1 ? '1 event' : `${count} events`} of this run could not be kept, so it cannot be judged. Send less at once, and run it again.`;
