/** Reduces spans and levels where more happens than there are pixels. Invents nothing. */
import { lowerBound } from '../../../protocol/collections/binary-search.ts';
import type { Span } from '../../../protocol/measures/duplex.ts';
import type { Layout } from './marks.ts';

/**
 * Returns merged spans, in order, as lengths along the picture, cut to what lies between `from` and `to`, ms; `at` gives the
 * coordinate of a time. Joins spans that share a pixel into one whose length is their sum, so that only the part of the pixel
 * in which something happened is filled.
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
 * Returns values, each valid from its time on, as levels along the picture: coordinates, each with the value from there on.
 * Cuts them to the picture's time. Keeps two of the steps within one pixel, the highest and the last: no more than can be
 * seen, and no height is lost.
 */
export function levels(times: readonly number[], values: readonly number[], { from, to, start, end }: Layout['time']): number[] {
  const found: number[] = [];
  const perMs = (end - start) / (to - from);
  let i = Math.max(0, lowerBound(times.length, (at) => (times[at] as number) > from) - 1);
  while (i < times.length && (times[i] as number) <= to) {
    // A pixel may hold a hundred steps on every animation frame, so allocate nothing for a step that is passed over.
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
