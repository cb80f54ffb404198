/** A trace made ready to be drawn: its flights in order and findable by time, and the life of each connection. */
import type { Flight } from '../../protocol/flight.ts';
import type { Trace, TraceConnection } from '../../protocol/trace.ts';

/** When an end counted the connection as closed. */
export interface Closing {
  time: number;
  code: number;
  wasClean: boolean;
}

/** What both ends saw of a connection's beginning and end. Times are undefined until they are known. */
export interface ConnectionLife extends TraceConnection {
  startedAt: number | undefined;
  openedAt: Partial<Record<'client' | 'server', number>>;
  closed: Partial<Record<'client' | 'server', Closing>>;
  /** Where the tap left events out. */
  omitted: { time: number; count: number }[];
}

/** A whole conversation as far as it is known. */
export interface Conversation {
  /** In the order of their sending. */
  flights: readonly Flight[];
  connections: readonly ConnectionLife[];
  /** The last moment of which anything is known, ms. */
  end: number;
  /** Every flight that was sent before `to` and had not ended before `from`, in the order of sending. */
  between(from: number, to: number): Flight[];
  /** The one-way time of the frame received last on that connection in that direction. */
  lastOneWayMs(flight: Flight): number | undefined;
}

/** When a flight's line ends; undefined while that is not known. */
export function endOf({ receivedAt, dropped }: Flight): number | undefined {
  return receivedAt ?? dropped?.at;
}

/** Reads a trace and its flights. Takes time in proportion to their number; call it when the trace has grown. */
export function readConversation(trace: Pick<Trace, 'connections' | 'events'>, unordered: readonly Flight[]): Conversation {
  const flights = [...unordered].sort((a, b) => a.sentAt - b.sentAt);
  const connections = livesOf(trace, flights);
  const oneWay = new Map<string, number>();
  const ended: Flight[] = [];
  const open: Flight[] = [];
  /** The latest end of all flights up to this one: rises, so that it can be searched by halving. */
  const latestEnds: number[] = [];
  let latest = 0;
  for (const flight of flights) {
    const end = endOf(flight);
    if (end === undefined) open.push(flight);
    else {
      ended.push(flight);
      latestEnds.push((latest = Math.max(latest, end)));
    }
    if (flight.receivedAt !== undefined && flight.departedAt !== undefined && flight.kind === 'frame') {
      oneWay.set(`${flight.connection} ${flight.direction}`, flight.receivedAt - flight.departedAt);
    }
  }
  const end = Math.max(latest, flights.at(-1)?.sentAt ?? 0, ...connections.flatMap(knownTimes));
  return {
    flights,
    connections,
    end,
    between(from, to) {
      const first = lowerBound(latestEnds.length, (i) => (latestEnds[i] as number) >= from);
      const last = lowerBound(ended.length, (i) => (ended[i] as Flight).sentAt > to);
      const found = ended.slice(first, last).filter((flight) => (endOf(flight) as number) >= from);
      const unfinished = open.filter(({ sentAt }) => sentAt <= to);
      return unfinished.length > 0 ? [...found, ...unfinished].sort((a, b) => a.sentAt - b.sentAt) : found;
    },
    lastOneWayMs: ({ connection, direction }) => oneWay.get(`${connection} ${direction}`),
  };
}

/** The first of 0 … length - 1 for which `holds` is true, given that it stays true from there on; else `length`. */
export function lowerBound(length: number, holds: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function knownTimes({ startedAt = 0, closed }: ConnectionLife): number[] {
  return [startedAt, closed.client?.time ?? 0, closed.server?.time ?? 0];
}

function livesOf({ connections, events }: Pick<Trace, 'connections' | 'events'>, flights: readonly Flight[]): ConnectionLife[] {
  const lives = new Map<string, ConnectionLife>();
  const life = (id: string, known?: TraceConnection): ConnectionLife => {
    let found = lives.get(id);
    if (!found) {
      const named = known ?? { id, client: id.replace(/\d+$/, ''), url: '' };
      lives.set(id, (found = { ...named, startedAt: undefined, openedAt: {}, closed: {}, omitted: [] }));
    }
    return found;
  };
  for (const connection of connections) life(connection.id, connection);
  for (const { connection } of flights) life(connection);
  for (const event of events) {
    switch (event.name) {
      case 'connection_started':
        life(event.connection).startedAt = event.time;
        break;
      case 'connection_opened':
        life(event.connection).openedAt[event.at] = event.time;
        break;
      case 'connection_closed':
        life(event.connection).closed[event.at] = event;
        break;
      case 'events_omitted':
        life(event.connection).omitted.push({ time: event.time, count: event.count });
    }
  }
  return [...lives.values()];
}
