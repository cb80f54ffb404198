/** Joins several traces into one, on one time axis, for comparison. */
import type { Trace, TraceEvent } from './trace.ts';

/** A trace and its name. */
export interface NamedTrace {
  name: string;
  trace: Trace;
}

/** The joined trace, and the name of each of its connections. */
export interface JoinedTraces {
  trace: Trace;
  names: Record<string, string>;
}

/** Returns the prefix for the connection names of the trace with this number. */
const prefixOf = (at: number): string => `${at + 1}.`;

/** Returns true for a connection of the joined trace that came from the trace at that place. */
export function isOf(at: number, connection: string): boolean {
  return connection.startsWith(prefixOf(at));
}

/**
 * Joins traces. Each began with its own Run: these moments are aligned, so that times stay what they were. Each trace keeps a
 * server of its own, since what it was sent never passed through another's.
 */
export function joinTraces(traces: readonly NamedTrace[]): JoinedTraces {
  const joined: Trace = {
    version: 1,
    network: traces.every(({ trace }) => trace.network === 'in-page') ? 'in-page' : 'live',
    clock: { offsetMs: 0, uncertaintyMs: Math.max(0, ...traces.map(({ trace }) => trace.clock.uncertaintyMs)) },
    connections: [],
    events: [],
  };
  const names: Record<string, string> = {};
  let exchanges = 0;
  for (const [at, { name, trace }] of traces.entries()) {
    const prefix = prefixOf(at);
    const isAlone = new Set(trace.connections.map(({ client, kind, url }) => (kind === 'http' ? client : url))).size === 1;
    for (const connection of trace.connections) {
      const id = prefix + connection.id;
      const stopped = trace.stoppedAt === undefined ? {} : { stoppedAt: trace.stoppedAt };
      joined.connections.push({ ...connection, ...stopped, id, server: name });
      names[id] = isAlone ? name : `${name}, ${connection.kind === 'http' ? 'HTTP' : connection.url}`;
    }
    let next = exchanges;
    for (const event of trace.events) {
      const moved: TraceEvent = { ...event, connection: prefix + event.connection };
      if ('exchange' in moved && moved.exchange !== undefined) {
        moved.exchange += exchanges;
        next = Math.max(next, moved.exchange + 1);
      }
      joined.events.push(moved);
    }
    exchanges = next;
  }
  // Events of one place keep their order: sorting is stable.
  joined.events.sort((a, b) => a.time - b.time);
  return { trace: joined, names };
}
