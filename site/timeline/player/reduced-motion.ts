/** Plays from event to event, without motion, for readers who prefer that. */
import type { Source } from '../conversation/conversation.ts';
import { eventTimesOf } from './event-times.ts';

/** The most steps in which to play a trace. */
const mostSteps = 300;

let motion: MediaQueryList | undefined;
export const prefersSteps = (): boolean => (motion ??= matchMedia('(prefers-reduced-motion: reduce)')).matches;

/** Returns how many events a step goes on: a long trace skips some. */
export const eventsAStep = (source: Source): number => Math.ceil(eventTimesOf(source).length / mostSteps);
