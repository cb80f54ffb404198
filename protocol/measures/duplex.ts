/**
 * Duplex as a number: how long the client-to-server direction carried bytes, how long the other did, and how long both did.
 *
 * A direction carries bytes while at least one of its frames is on the way. On a simulated link, that is while the link carries
 * the frame; otherwise, it is from sending at one end to receipt at the other. Requests and the parts of responses count as data
 * frames do. Time runs from the first departure to the last arrival; the opening handshake does not count.
 */
import { type Flight, isData } from '../trace/flight.ts';
import { firstKnown, type FlightRows, isPicked, FlightFlag, rowsOf } from '../trace/flight-table.ts';
import type { Direction } from '../wire/direction.ts';

/** The measures of a conversation. Shares are of `spanMs`, 0 to 1. */
export interface DuplexMeasure {
  /** From the first departure to the last receipt, ms. */
  spanMs: number;
  clientToServer: number;
  serverToClient: number;
  both: number;
  /** Stretches of time in which both directions carried bytes, ms, in order. */
  bothSpans: Span[];
  /** The most data frames in flight at one moment, per direction. */
  mostInFlight: Record<Direction, number>;
}

/** A stretch of time, ms. */
export type Span = [from: number, to: number];

/** When each direction carried bytes, and when both did: merged, in order. */
export interface CarriedSpans extends Record<Direction, Span[]> {
  both: Span[];
}

/**
 * Returns the stretches of time in which flights were carried. One that has departed but not arrived counts up to `now` (by
 * default, up to the last receipt).
 */
export function carriedSpans(flights: readonly Flight[] | FlightRows, now?: number): CarriedSpans {
  const { up, down } = mergedSpans(waysOf(rowsOf(flights), now));
  return { 'client-to-server': up, 'server-to-client': down, both: intersection(up, down) };
}

/** Measures flights. A frame that has departed but not arrived counts up to `now` (by default, up to the last receipt). */
export function measureDuplex(flights: readonly Flight[] | FlightRows, now?: number): DuplexMeasure {
  const ways = waysOf(rowsOf(flights), now);
  const { up, down } = mergedSpans(ways);
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
      'client-to-server': mostAtOnce(ways['client-to-server']),
      'server-to-client': mostAtOnce(ways['server-to-client']),
    },
  };
}

/** What one direction carried in a stretch of time. */
export interface WayMeasure {
  /** Number of frames sent in it, including control frames, requests and parts of responses. */
  frames: number;
  /** Payload bytes of these frames; for HTTP, all bytes. */
  payloadBytes: number;
  /** The share of the stretch in which it carried bytes, 0 to 1. */
  share: number;
  /** From sending to receipt, ms, for those frames that carried data and were received; undefined if there are none. */
  delayMs: { median: number; worst: number } | undefined;
}

/** A stretch of time in figures. */
export interface SpanMeasure extends Record<Direction, WayMeasure> {
  durationMs: number;
  /** The share of the stretch in which both directions carried bytes, 0 to 1. */
  both: number;
}

/**
 * Measures the part of the flights that lies in a stretch of time. Pass `carried`, when they carried bytes, if it is already
 * known.
 */
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

/** A link is not simulated if it takes less than this, in ms, for most of its frames. */
const leastOnLink = 1;

/** When each flight of one direction began and ended, ms; both times of a flight have the same index. */
interface Way {
  from: number[];
  to: number[];
}

/** Returns what each direction carried. A live run calls this repeatedly, for thousands of flights. */
function waysOf(rows: FlightRows, now: number | undefined): Record<Direction, Way> {
  const ways = { 'client-to-server': { from: [], to: [] } as Way, 'server-to-client': { from: [], to: [] } as Way };
  const { length, connections, connection, looks, departedAt, receivedAt, droppedAt, linkFrom, linkTo } = rows.columns;
  // Per connection: how many more of its frames took time on the link than did not.
  const slower = new Int32Array(connections);
  let latest = 0;
  for (let i = 0; i < length; i++) {
    if (!isPicked(rows, i)) continue;
    const [number, began] = [connection[i] as number, linkFrom[i] as number];
    // A frame that is still on the link counts as taking time.
    const step = (linkTo[i] as number) - began < leastOnLink ? -1 : 1;
    if (!Number.isNaN(began)) slower[number] = (slower[number] as number) + step;
    const received = receivedAt[i] as number;
    if (received > latest && (looks[i] as number) & FlightFlag.carried) latest = received;
  }
  const last = now ?? latest;
  for (let i = 0; i < length; i++) {
    if (!isPicked(rows, i) || !((looks[i] as number) & FlightFlag.carried)) continue;
    // After a server stalls, a simulated link may let a few frames pass all at once, in no time.
    const onSimulated = !Number.isNaN(linkFrom[i]) && (slower[connection[i] as number] as number) > 0;
    const from = (onSimulated ? linkFrom[i] : departedAt[i]) as number;
    const to = firstKnown(onSimulated ? linkTo[i] : NaN, receivedAt[i], droppedAt[i], last);
    // Skip flights that never departed or passed in no time.
    if (!(to > from)) continue;
    const way = (looks[i] as number) & FlightFlag.fromServer ? ways['server-to-client'] : ways['client-to-server'];
    way.from.push(from);
    way.to.push(to);
  }
  return ways;
}

const total = (spans: readonly Span[]): number => spans.reduce((sum, [from, to]) => sum + to - from, 0);

const mergedSpans = (ways: Record<Direction, Way>): { up: Span[]; down: Span[] } => ({
  up: union(ways['client-to-server']),
  down: union(ways['server-to-client']),
});

const isSorted = (numbers: readonly number[]): boolean => {
  for (let i = 1; i < numbers.length; i++) if ((numbers[i] as number) < (numbers[i - 1] as number)) return false;
  return true;
};

/** Returns the numbers in order. They mostly are already. */
const inOrder = (numbers: readonly number[]): ArrayLike<number> =>
  isSorted(numbers) ? numbers : Float64Array.from(numbers).sort();

/** Returns what a direction carried as spans in order, merged where they touch. */
function union({ from, to }: Way): Span[] {
  const merged: Span[] = [];
  const add = (i: number): void => {
    const last = merged.at(-1);
    if (last && (from[i] as number) <= last[1]) last[1] = Math.max(last[1], to[i] as number);
    else merged.push([from[i] as number, to[i] as number]);
  };
  if (isSorted(from)) for (let i = 0; i < from.length; i++) add(i);
  else for (const i of Array.from(from.keys()).sort((a, b) => (from[a] as number) - (from[b] as number))) add(i);
  return merged;
}

/** Returns what two merged lists of spans have in common. */
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

/** Returns the most spans that cover one moment; a span that ends where another begins does not overlap it. */
function mostAtOnce({ from, to }: Way): number {
  const starts = inOrder(from);
  const ends = inOrder(to);
  let most = 0;
  for (let i = 0, ended = 0; i < starts.length; i++) {
    while ((ends[ended] as number) <= (starts[i] as number)) ended++;
    most = Math.max(most, i + 1 - ended);
  }
  return most;
}
