/** Spans and levels where more happens than there are pixels. Nothing is invented. */
import { lowerBound } from '../../../protocol/collections/binary-search.ts';
import type { Span } from '../../../protocol/measures/duplex.ts';
import type { Layout } from './marks.ts';

/**
 * Merged spans, in order, as lengths along the picture: cut to what lies between `from` and `to`, ms, where `at` gives the
 * coordinate of a time. Of spans that share a pixel one is made, as long as they are together, so that the pixel is filled
 * for just the part of it in which there was something.
 */
export function lengths(spans: readonly Span[], from: number, to: number, at: (ms: number) => number): Span[] {
  const found: Span[] = [];
  const first = lowerBound(spans.length, (i) => (spans[i] as Span)[1] >= from);
  for (let i = first; i < spans.length; i++) {
    const [start, end] = spans[i] as Span;
    if (start > to) break;
    const a = at(Math.max(start, from));
    const b = at(Math.min(end, to));
    const last = found.at(-1);
    if (last && b - last[0] < 1) last[1] += b - a;
    else found.push([a, b]);
  }
  return found;
}

/**
 * Values, each from its time on, as levels along the picture: coordinates, each with the value from there on. Cut to the time of the
 * picture. Of steps within one pixel two are left, the highest and the last: no more than can be seen, and no height is lost.
 */
export function levels(times: readonly number[], values: readonly number[], { from, to, start, end }: Layout['time']): number[] {
  const found: number[] = [];
  const perMs = (end - start) / (to - from);
  let i = Math.max(0, lowerBound(times.length, (at) => (times[at] as number) > from) - 1);
  while (i < times.length && (times[i] as number) <= to) {
    // There may be a hundred steps to a pixel, and all of them with each animation frame: nothing is made of one that is passed over.
    const begin = Math.max(times[i] as number, from);
    const next = begin + 1 / perMs;
    let highest = values[i] as number;
    let last = i;
    for (i++; i < times.length && (times[i] as number) < next && (times[i] as number) <= to; i++) {
      if ((values[i] as number) > highest) highest = values[i] as number;
      last = i;
    }
    found.push(start + (begin - from) * perMs, highest);
    const after = values[last] as number;
    if (after !== highest) found.push(start + (Math.max(times[last] as number, from) - from) * perMs, after);
  }
  return found;
}
