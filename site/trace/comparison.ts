/** Compares traces in figures: a row for each figure, a value for each trace. */
import { formatCount as count } from '../../protocol/words/count.ts';
import { roundTripsOf } from '../../protocol/measures/round-trips.ts';
import { measureDuplex } from '../../protocol/measures/duplex.ts';
import { type Flight, isData, isHttp } from '../../protocol/trace/flight.ts';
import { isOf, type NamedTrace, type JoinedTraces } from '../../protocol/trace/joined-traces.ts';
import { trafficOf } from '../../protocol/measures/traffic.ts';

/** One figure of all traces, as the page shows it. */
export interface ComparisonRow {
  name: string;
  /** Exactly what was counted. */
  note: string;
  values: string[];
}

const bytes = (value: number): string => `${count(value)} B`;
/** Returns a share as a percentage, with tenths below 10 %: a way that hardly uses a direction differs from one that never does. */
const share = (part: number): string => `${(100 * part).toFixed(part > 0 && part < 0.1 ? 1 : 0)} %`;
/** Returns a delay in ms and never in seconds, so that the cells of a row compare at a glance; `–` for none. */
const ms = (time: number | undefined): string =>
  time === undefined ? '–' : `${time < 10 ? time.toFixed(1) : count(Math.round(time))} ms`;

interface Delays {
  delivered: string;
  median: number | undefined;
  worst: number | undefined;
}

/**
 * Returns the round-trip delays of the updates that `pattern` finds; without it, the one-way delay of each data frame and part of
 * HTTP.
 */
function delaysOf(flights: readonly Flight[], pattern: RegExp | undefined): Delays {
  const trips = pattern
    ? roundTripsOf(flights, pattern)
    : flights.filter((flight) => isData(flight) || isHttp(flight)).map(({ sentAt, receivedAt }) => ({ sentAt, receivedAt }));
  const times = trips.flatMap(({ sentAt, receivedAt }) => (receivedAt === undefined ? [] : [receivedAt - sentAt]));
  times.sort((a, b) => a - b);
  return { delivered: `${times.length} of ${trips.length}`, median: times[times.length >> 1], worst: times.at(-1) };
}

/** Returns the figures of joined traces; `updates` matches the text of each update, if the job has any. */
export function compare(
  traces: readonly NamedTrace[],
  { trace }: JoinedTraces,
  flights: readonly Flight[],
  updates?: RegExp,
): ComparisonRow[] {
  const all = traces.map((_, at) => {
    const own = flights.filter(({ connection }) => isOf(at, connection));
    const traffic = trafficOf(
      {
        connections: trace.connections.filter(({ id }) => isOf(at, id)),
        events: trace.events.filter(({ connection }) => isOf(at, connection)),
      },
      own,
    );
    const both = Object.values(traffic.bytes);
    const sum = (of: (way: (typeof both)[number]) => number): number => both.reduce((total, way) => total + of(way), 0);
    return { traffic, sum, duplex: measureDuplex(own), delays: delaysOf(own, updates) };
  });
  type One = (typeof all)[number];
  const row = (name: string, note: string, value: (one: One) => string): ComparisonRow => ({
    name,
    note,
    values: all.map(value),
  });
  const delayed = updates ? 'from its sending until it first came back' : 'from sending to receipt, one way';
  return [
    ...(updates ? [row('Updates delivered', 'found in the bytes that came back', ({ delays }) => delays.delivered)] : []),
    row('Delay, median', delayed, ({ delays }) => ms(delays.median)),
    row('Delay, worst', delayed, ({ delays }) => ms(delays.worst)),
    row('Bytes in all', 'both ways, as HTTP and WebSocket wrote them; TLS, TCP and IP come on top', ({ traffic }) =>
      bytes(traffic.total),
    ),
    row('Payload', 'of messages, and content of requests and responses', ({ sum }) => bytes(sum(({ payload }) => payload))),
    row('HTTP heads', 'of requests and responses, opening handshakes too', ({ sum }) => bytes(sum(({ heads }) => heads))),
    row('Framing', 'headers of frames, control frames, sizes of chunks', ({ sum }) => bytes(sum(({ framing }) => framing))),
    row('Requests', 'preflights and opening handshakes too', ({ traffic }) => count(traffic.requests)),
    row('TCP connections', 'at the server’s socket', ({ traffic }) => count(traffic.connections)),
    row('Client to server', 'of the time, bytes were on the way', ({ duplex }) => share(duplex.clientToServer)),
    row('Server to client', 'of the time, bytes were on the way', ({ duplex }) => share(duplex.serverToClient)),
    row('Both at once', 'of the time', ({ duplex }) => share(duplex.both)),
  ];
}
