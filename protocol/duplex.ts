/**
 * Duplex as a number: for how much of the time the client-to-server direction carried bytes, the other did, and both did.
 *
 * A direction carries bytes while at least one frame of it is on the way. Where the link is simulated, that is while the
 * link carries it; where it is not, from its sending at one end to its receipt at the other. Requests and the parts of
 * responses count as data frames do. Time is counted from the first departure of one to the last arrival of one; the
 * opening handshake does not count.
 */
import { type Flight, isData, isHttp } from './flight.ts';
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

/** When each direction carried bytes, and when both did: merged, in order. */
export interface CarriedSpans extends Record<Direction, Span[]> {
  both: Span[];
}

/** The stretches of time in which flights were carried. One that has departed and not arrived counts up to `now` (by default, up to the last receipt). */
export function carriedSpans(flights: readonly Flight[], now?: number): CarriedSpans {
  const spans = spansOf(flights, now);
  const up = union(spans['client-to-server']);
  const down = union(spans['server-to-client']);
  return { 'client-to-server': up, 'server-to-client': down, both: intersection(up, down) };
}

/** Measures flights. A frame that has departed and not arrived counts up to `now` (by default, up to the last receipt). */
export function measureDuplex(flights: readonly Flight[], now?: number): DuplexMeasure {
  const spans = spansOf(flights, now);
  const up = union(spans['client-to-server']);
  const down = union(spans['server-to-client']);
  const both = intersection(up, down);
  const ends = [up, down].filter((list) => list.length > 0);
  const first = Math.min(...ends.map((list) => (list[0] as Span)[0]));
  const last = Math.max(...ends.map((list) => (list.at(-1) as Span)[1]));
  const spanMs = ends.length > 0 ? last - first : 0;
  const share = (of: readonly Span[]): number => (spanMs > 0 ? total(of) / spanMs : 0);
  return {
    spanMs,
    clientToServer: share(up),
    serverToClient: share(down),
    both: share(both),
    bothSpans: both,
    mostInFlight: {
      'client-to-server': mostAtOnce(spans['client-to-server']),
      'server-to-client': mostAtOnce(spans['server-to-client']),
    },
  };
}

/** What one direction carried in a stretch of time. */
export interface WayMeasure {
  /** Frames that were sent in it, control frames too, and requests or parts of responses. */
  frames: number;
  /** Payload bytes of these frames; of HTTP all bytes. */
  payloadBytes: number;
  /** The part of the stretch in which it carried bytes, 0 to 1. */
  share: number;
  /** From sending to receipt, of those among them that carried data and were received, ms; undefined where there are none. */
  delayMs: { median: number; worst: number } | undefined;
}

/** A stretch of time in figures. */
export interface SpanMeasure extends Record<Direction, WayMeasure> {
  durationMs: number;
  /** The part of the stretch in which both directions carried bytes, 0 to 1. */
  both: number;
}

/** Measures what of the flights lies in a stretch of time. `carried` is when they carried bytes, where that is known already. */
export function measureSpan(flights: readonly Flight[], [from, to]: Span, carried = carriedSpans(flights)): SpanMeasure {
  const share = (spans: readonly Span[]): number => (to > from ? total(intersection(spans, [[from, to]])) / (to - from) : 0);
  const way = (direction: Direction): WayMeasure => {
    const own = flights.filter(
      (flight) => flight.kind !== 'handshake' && flight.direction === direction && flight.sentAt >= from && flight.sentAt <= to,
    );
    const delays = own
      .filter(isData)
      .flatMap(({ sentAt, receivedAt }) => (receivedAt === undefined ? [] : [receivedAt - sentAt]));
    delays.sort((a, b) => a - b);
    return {
      frames: own.length,
      payloadBytes: own.reduce((sum, { length }) => sum + length, 0),
      share: share(carried[direction]),
      delayMs: delays.length > 0 ? { median: delays[delays.length >> 1] as number, worst: delays.at(-1) as number } : undefined,
    };
  };
  return {
    durationMs: to - from,
    both: share(carried.both),
    'client-to-server': way('client-to-server'),
    'server-to-client': way('server-to-client'),
  };
}

function spansOf(flights: readonly Flight[], now: number | undefined): Record<Direction, Span[]> {
  const spans = { 'client-to-server': [] as Span[], 'server-to-client': [] as Span[] };
  const data = flights.filter(carriesData);
  const last = now ?? data.reduce((latest, { receivedAt = 0 }) => Math.max(latest, receivedAt), 0);
  for (const flight of data) {
    const span = carried(flight, last);
    if (span[1] > span[0]) spans[flight.direction].push(span);
  }
  return spans;
}

const carriesData = (flight: Flight): boolean => isData(flight) || isHttp(flight);

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
  // Mostly in order already; then sorting is one comparison for each.
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
  const starts = Float64Array.from(spans, ([from]) => from).sort();
  const ends = Float64Array.from(spans, ([, to]) => to).sort();
  let most = 0;
  for (let i = 0, ended = 0; i < starts.length; i++) {
    while ((ends[ended] as number) <= (starts[i] as number)) ended++;
    most = Math.max(most, i + 1 - ended);
  }
  return most;
}
