/** Plays from event to event, without motion, for readers who prefer that. */
import type { Source } from '../conversation/conversation.ts';
import { eventFrom, eventTimesOf } from './event-times.ts';

/** The most steps in which to play a trace. */
const mostSteps = 300;

let motion: MediaQueryList | undefined;
export const prefersSteps = (): boolean => (motion ??= matchMedia('(prefers-reduced-motion: reduce)')).matches;

/** Returns the moment that the next step shows, undefined at the end: a long trace skips some events. */
export function nextStep(source: Source, position: number): number | undefined {
  const times = eventTimesOf(source);
  return eventFrom(times, position, Math.ceil(times.length / mostSteps));
}
