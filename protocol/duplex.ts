/**
 * Duplex as a number: for how much of the time the client-to-server direction carried bytes, the other did, and both did.
 *
 * A direction carries bytes while at least one frame of it is on the way. Where the link is simulated, that is while the
 * link carries it; where it is not, from its sending at one end to its receipt at the other. Time is counted from the
 * first departure of a data frame to the last arrival of one; the opening handshake does not count.
 */
import { type Flight, isData } from './flight.ts';
import type { Direction } from './trace.ts';

/** The measures of a conversation. Shares are of `spanMs`, 0 to 1. */
export interface DuplexMeasure {
  /** From the first departure to the last receipt, ms. */
  spanMs: number;
  clientToServer: number;
  serverToClient: number;
  both: number;
  /** Stretches of time in which both directions carried bytes, ms, in order. */
  bothSpans: Span[];
  /** The most data frames that were in flight at one moment, per direction. */
  mostInFlight: Record<Direction, number>;
}

/** A stretch of time, ms. */
export type Span = [from: number, to: number];

/** Measures flights. A frame that has departed and not arrived counts up to `now` (by default, up to the last receipt). */
export function measureDuplex(flights: readonly Flight[], now?: number): DuplexMeasure {
  const spans = { 'client-to-server': [] as Span[], 'server-to-client': [] as Span[] };
  const data = flights.filter(isData);
  const last = now ?? data.reduce((latest, { receivedAt = 0 }) => Math.max(latest, receivedAt), 0);
  for (const flight of data) {
    const [from, to] = carried(flight, last);
    if (to > from) spans[flight.direction].push([from, to]);
  }
  const up = union(spans['client-to-server']);
  const down = union(spans['server-to-client']);
  const bothSpans = intersection(up, down);
  const all = union([...up, ...down]);
  const spanMs = all.length > 0 ? (all.at(-1) as Span)[1] - (all[0] as Span)[0] : 0;
  const share = (of: readonly Span[]): number => (spanMs > 0 ? total(of) / spanMs : 0);
  return {
    spanMs,
    clientToServer: share(up),
    serverToClient: share(down),
    both: share(bothSpans),
    bothSpans,
    mostInFlight: {
      'client-to-server': mostAtOnce(spans['client-to-server']),
      'server-to-client': mostAtOnce(spans['server-to-client']),
    },
  };
}

/** A link that takes less than this, ms, is one that is not simulated. */
const leastOnLink = 1;

/** From when to when the frame was carried; empty where it never departed. */
function carried({ departedAt = Infinity, receivedAt, onLink }: Flight, last: number): Span {
  const onSimulated = onLink && (onLink.to ?? Infinity) - onLink.from >= leastOnLink;
  return onSimulated ? [onLink.from, onLink.to ?? receivedAt ?? last] : [departedAt, receivedAt ?? last];
}

const total = (spans: readonly Span[]): number => spans.reduce((sum, [from, to]) => sum + to - from, 0);

/** The spans merged where they touch, in order. */
function union(spans: readonly Span[]): Span[] {
  const merged: Span[] = [];
  for (const [from, to] of [...spans].sort((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  return merged;
}

/** What two merged lists of spans have in common. */
function intersection(a: readonly Span[], b: readonly Span[]): Span[] {
  const common: Span[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const [aFrom, aTo] = a[i] as Span;
    const [bFrom, bTo] = b[j] as Span;
    const from = Math.max(aFrom, bFrom);
    const to = Math.min(aTo, bTo);
    if (from < to) common.push([from, to]);
    if (aTo < bTo) i++;
    else j++;
  }
  return common;
}

/** The most spans that cover one moment; one that ends where another begins does not overlap it. */
function mostAtOnce(spans: readonly Span[]): number {
  const edges = spans.flatMap(([from, to]) => [
    { time: from, step: 1 },
    { time: to, step: -1 },
  ]);
  edges.sort((a, b) => a.time - b.time || a.step - b.step);
  let open = 0;
  let most = 0;
  for (const { step } of edges) most = Math.max(most, (open += step));
  return most;
}
