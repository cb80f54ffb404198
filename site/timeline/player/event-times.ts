/** Finds the moments to step to. */
import { lowerBound } from '../../../protocol/collections/binary-search.ts';
import type { TraceEvent } from '../../../protocol/trace/trace.ts';
import { endOf, type Source } from '../conversation/conversation.ts';

/** Events whose times are those of the flight that they belong to. */
const ofFlights = /^(?:frame|message|handshake)_/;
const isOfFlight = ({ name }: TraceEvent): boolean => ofFlights.test(name);

/** Returns every moment at which something happened to a frame, a connection or an exchange, ms, in order, each once. */
export function eventTimesOf({ trace, flights }: Source): Float64Array {
  const times = new Set<number>();
  for (const flight of flights) {
    times.add(flight.sentAt);
    if (flight.departedAt !== undefined) times.add(flight.departedAt);
    const end = endOf(flight);
    if (end !== undefined) times.add(end);
  }
  for (const event of trace.events) if (!isOfFlight(event)) times.add(event.time);
  return Float64Array.from(times).sort();
}

/** Returns the time that stands `by` after a moment, or before it if negative; undefined if there is none. */
export function eventFrom(times: Float64Array, moment: number, by: number): number | undefined {
  const after = lowerBound(times.length, (i) => (times[i] as number) > moment + 1e-6);
  const before = lowerBound(times.length, (i) => (times[i] as number) >= moment - 1e-6);
  return times[by > 0 ? after + by - 1 : before + by];
}
