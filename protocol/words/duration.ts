/**
 * Puts durations into words, each function with one unit and precision, so that figures of one kind can be compared. The timeline
 * has every length of time in one list, and so a function of its own (`site/timeline/words/time.ts`), which picks the unit.
 *
 * Builds, and scripts that are loaded when they are wanted, import this. The few that load with a page write their figure
 * themselves (`site/trace/figures.ts`, `site/components/pictures/crowd-reports.ts`): for them it would be one more request.
 */

/** Returns a duration in whole milliseconds, such as `502 ms`: what a lesson's sentence or a verdict needs. */
export const wholeMs = (ms: number): string => `${Math.round(ms)} ms`;

/** Returns a duration to the hundredth of a millisecond, such as `0.42 ms`: about what clocks agree to. */
export const hundredthsOfMs = (ms: number): string => `${ms.toFixed(2)} ms`;

/** Returns a duration to the microsecond, such as `0.418 ms`: what a trace holds. */
export const thousandthsOfMs = (ms: number): string => `${ms.toFixed(3)} ms`;

/** Returns a duration in ms as seconds, such as `1.2 s`. */
export const inSeconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
