/** Which stretch of time is shown. All in milliseconds, all pure. */

export interface Stretch {
  from: number;
  to: number;
}

/** The least that can be shown: a millisecond would be too much, where a frame takes a tenth of one. */
const shortest = 0.05;
/** What is kept free after the end, as a part of the whole. */
const margin = 0.03;

/** The whole of a trace that ends at `end`. */
export function whole(end: number): Stretch {
  return { from: 0, to: Math.max(end * (1 + margin), 1) };
}

/** `factor` below 1 shows less time, above 1 more; the moment `around` stays where it is. */
export function zoom({ from, to }: Stretch, factor: number, around: number, end: number): Stretch {
  const all = whole(end);
  const span = Math.min(Math.max((to - from) * factor, shortest), all.to);
  const part = Math.min(Math.max((around - from) / (to - from), 0), 1);
  return pan({ from: around - part * span, to: around + (1 - part) * span }, 0, end);
}

/** Moves the view by `by`, no further than the trace goes. */
export function pan({ from, to }: Stretch, by: number, end: number): Stretch {
  const span = to - from;
  const latest = Math.max(0, whole(end).to - span);
  const start = Math.min(Math.max(from + by, 0), latest);
  return { from: start, to: start + span };
}

/**
 * The view turned like a page when the moment shown leaves it, so that lines stand still in between. While that moment
 * moves on past the view's end (`goesOn`), the page is turned a little before.
 */
export function keepInSight(view: Stretch, position: number, goesOn: boolean): Stretch {
  const span = view.to - view.from;
  if (position >= view.from && position <= view.from + span * (goesOn ? 0.94 : 1)) return view;
  const from = Math.max(0, position - span * (goesOn ? 0.4 : 0.5));
  return { from, to: from + span };
}

/** How much time to show of a running trace: enough for some frames to go there and back. */
export function liveSpan(oneWayMs: number): number {
  return Math.min(Math.max(8 * oneWayMs, 2000), 12_000);
}
