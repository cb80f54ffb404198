/** Works out which stretch of time to show. All in milliseconds, all pure. */

export interface Stretch {
  from: number;
  to: number;
}

/** The shortest stretch to show: a whole millisecond would be too long when a frame takes a tenth of one. */
const shortest = 0.05;
/** The free space after the end, as a part of the whole. */
const margin = 0.03;

/** Returns the whole of a trace that ends at `end`. */
export function whole(end: number): Stretch {
  return { from: 0, to: Math.max(end * (1 + margin), 1) };
}

/** Zooms the view: a `factor` below 1 shows less time, above 1 more; the moment `around` stays where it is. */
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
 * Turns the view like a page when the moment shown leaves it, so that lines stand still in between. If that moment moves on
 * past the view's end (`goesOn`), turns the page a little earlier.
 */
export function keepInSight(view: Stretch, position: number, goesOn: boolean): Stretch {
  const span = view.to - view.from;
  if (position >= view.from && position <= view.from + span * (goesOn ? 0.94 : 1)) return view;
  const from = Math.max(0, position - span * (goesOn ? 0.4 : 0.5));
  return { from, to: from + span };
}

/** Returns how much time of a running trace to show: enough for some frames to go there and back. */
export function liveSpan(oneWayMs: number): number {
  return Math.min(Math.max(8 * oneWayMs, 2000), 12_000);
}
