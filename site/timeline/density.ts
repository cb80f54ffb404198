/** What is drawn where more happens than there are pixels. Nothing is invented, and what is left out is counted. */
import type { Span } from '../../protocol/duplex.ts';
import type { Flight } from '../../protocol/flight.ts';
import { isControl } from '../../protocol/frame.ts';
import { lowerBound } from './conversation.ts';
import type { Layout } from './marks.ts';

/** Two lines whose both ends are nearer to each other than this cannot be told apart, CSS pixels: a line is as broad. */
const apart = 2;

/**
 * Of flights in the order of their sending, those that can be told apart at `scale` pixels a millisecond: of several whose
 * lines begin and end within the same pixel, the first. Frames of another direction or kind, or that were lost, do not
 * count as the same; `kept` is always among them.
 */
export function thin(flights: readonly Flight[], scale: number, kept?: Flight): Flight[] {
  if (flights.length < 2) return [...flights];
  const lastFrom = new Float64Array(kinds).fill(-Infinity);
  const lastTo = new Float64Array(kinds).fill(-Infinity);
  const found: Flight[] = [];
  for (const flight of flights) {
    const departedAt = flight.departedAt ?? flight.sentAt;
    const from = departedAt * scale;
    const to = (flight.receivedAt ?? departedAt) * scale;
    const kind = kindOf(flight);
    const isSame = Math.abs(from - (lastFrom[kind] as number)) < apart && Math.abs(to - (lastTo[kind] as number)) < apart;
    if (isSame && flight !== kept) continue;
    found.push(flight);
    if (isSame) continue;
    lastFrom[kind] = from;
    lastTo[kind] = to;
  }
  return found;
}

/** How many that `kindOf` tells apart. */
const kinds = 12;

function kindOf({ direction, kind, captured, receivedAt }: Flight): number {
  const look = kind === 'handshake' ? 0 : captured && isControl(captured.opcode) ? 1 : 2;
  return look + (direction === 'client-to-server' ? 0 : 3) + (receivedAt === undefined ? 6 : 0);
}

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
 * Steps, in order, as levels along the picture: from each coordinate on, so much. Cut to the time of the picture. Of steps within
 * one pixel two are left, the highest and the last: no more than can be seen, and no height is lost.
 */
export function levels(
  steps: readonly (readonly [time: number, level: number])[],
  { from, to, start, end }: Layout['time'],
): [coordinate: number, level: number][] {
  const found: [number, number][] = [];
  const perMs = (end - start) / (to - from);
  let i = Math.max(0, lowerBound(steps.length, (at) => (steps[at] as [number, number])[0] > from) - 1);
  let step = steps[i];
  while (step && step[0] <= to) {
    // There may be a hundred steps to a pixel, and all of them with each animation frame: nothing is made of one that is passed over.
    const begin = Math.max(step[0], from);
    const next = begin + 1 / perMs;
    let highest = step[1];
    let last = step;
    for (step = steps[++i]; step && step[0] < next && step[0] <= to; step = steps[++i]) {
      if (step[1] > highest) highest = step[1];
      last = step;
    }
    found.push([start + (begin - from) * perMs, highest]);
    if (last[1] !== highest) found.push([start + (Math.max(last[0], from) - from) * perMs, last[1]]);
  }
  return found;
}
