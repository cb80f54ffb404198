/** What is drawn where more happens than there are pixels. Nothing is invented, and what is left out is counted. */
import type { Span } from '../../protocol/duplex.ts';
import type { Flight } from '../../protocol/flight.ts';
import { isControl } from '../../protocol/frame.ts';
import { lowerBound } from './conversation.ts';

/** Two lines whose both ends are nearer to each other than this cannot be told apart, CSS pixels: a line is as broad. */
const apart = 1.5;

/**
 * Of flights in the order of their sending, those that can be told apart at `scale` pixels a millisecond: of several whose
 * lines begin and end within the same pixel, the first. Frames of another direction or kind, or that were lost, do not
 * count as the same; `kept` is always among them.
 */
export function thin(flights: readonly Flight[], scale: number, kept?: Flight): Flight[] {
  if (flights.length < 2) return [...flights];
  const last = new Map<number, { from: number; to: number }>();
  return flights.filter((flight) => {
    const { sentAt, departedAt = sentAt, receivedAt = departedAt } = flight;
    const kind = kindOf(flight);
    const before = last.get(kind);
    const from = departedAt * scale;
    const to = receivedAt * scale;
    if (before && Math.abs(from - before.from) < apart && Math.abs(to - before.to) < apart) return flight === kept;
    if (before) [before.from, before.to] = [from, to];
    else last.set(kind, { from, to });
    return true;
  });
}

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
