/** The page's clock. The runner's Workers read the same clock. */

/** Milliseconds since the Unix epoch, with fractions. */
export function pageClock(): number {
  return performance.timeOrigin + performance.now();
}

let grain: number | undefined;

/** Returns the smallest step of the clock, ms. Browsers make it coarse, some by a whole millisecond, so it is measured, once. */
export function pageClockGrain(): number {
  if (grain !== undefined) return grain;
  grain = Infinity;
  const until = performance.now() + 5;
  for (let last = performance.now(), steps = 0; steps < 3 && last < until;) {
    const now = performance.now();
    if (now === last) continue;
    grain = Math.min(grain, now - last);
    last = now;
    steps++;
  }
  return grain;
}
