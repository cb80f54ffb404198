/** Finds what the link carried in a run: for how long, as the link itself computed, and when each end saw it. */
import type { Trace, TraceEvent } from '../../protocol/trace/trace.ts';
import type { Direction } from '../../protocol/wire/direction.ts';
import { thousandthsOfMs } from '../../protocol/words/duration.ts';

const directions: readonly Direction[] = ['client-to-server', 'server-to-client'];
/** Traces round times to the microsecond; in ms. */
const rounding = 0.002;

/** A frame, a request or part of a response on its way over the link. Times in ms. */
interface Way {
  what: string;
  direction: Direction;
  /** How long the link takes, as the link itself says. */
  takes: number;
  sentAt: number;
  departedAt: number;
  receivedAt: number | undefined;
}

/** Returns everything that departed, in order of departure. */
function waysOf({ events }: Trace): Way[] {
  const known = new Map<string, Way>();
  const departed: Way[] = [];
  for (const event of events) {
    const [, kind, step] = /^(frame|request|response)_(sent|departed|received)$/.exec(event.name) ?? [];
    if (kind === undefined || event.at === 'client' || !('direction' in event)) continue;
    const { direction, time } = event;
    const what = `${event.connection}, ${kind} ${numberOf(event)}, ${direction}`;
    const way = known.get(what) ?? { what, direction, takes: 0, sentAt: time, departedAt: time, receivedAt: undefined };
    known.set(what, way);
    if (step === 'received') way.receivedAt = time;
    if (step !== 'departed') continue;
    Object.assign(way, { departedAt: time, takes: 'takes' in event ? (event.takes ?? 0) : 0 });
    departed.push(way);
  }
  return departed;
}

function numberOf(event: TraceEvent): string {
  if ('frame' in event) return `${event.frame}`;
  const { exchange, part } = event as { exchange?: number; part?: number };
  return part === undefined ? `${exchange}` : `${exchange}.${part}`;
}

/** Returns, per direction of a connection, the first thing for which the link takes another time than in the recorded trace. */
export function linkDifferences(recorded: Trace, run: Trace, connection: string): string[] {
  const of = (trace: Trace, direction: Direction): Way[] =>
    waysOf(trace).filter((way) => way.direction === direction && way.what.startsWith(`${connection},`));
  return directions.flatMap((direction) => {
    const now = of(run, direction);
    for (const [i, { what, takes }] of of(recorded, direction).entries()) {
      const other = now[i]?.takes ?? takes;
      if (Math.abs(takes - other) > rounding)
        return [`${what}: the link took ${takes} ms for it in the trace, and ${other} ms in the run`];
    }
    return [];
  });
}

/**
 * Returns what arrived sooner than the link carries it. Both times are the server's, but one may have been moved, by at most the
 * clock's uncertainty, so that it does not precede its cause in the client.
 */
export function quickerThanLink(run: Trace): string[] {
  const unknown = run.clock.uncertaintyMs + rounding;
  return waysOf(run).flatMap(({ what, takes, sentAt, receivedAt = Infinity }) =>
    receivedAt - sentAt < takes - unknown
      ? [`${what}: received ${thousandthsOfMs(receivedAt - sentAt)} after it was sent, and the link takes ${takes} ms`]
      : [],
  );
}

/** Returns the longest delay, in ms, that the machine added to anything the link carried. */
export function mostAdded(run: Trace): number {
  const added = waysOf(run).flatMap(({ takes, departedAt, receivedAt }) =>
    receivedAt === undefined ? [] : [Math.abs(receivedAt - departedAt - takes)],
  );
  return Math.max(0, ...added);
}
