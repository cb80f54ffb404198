/** Turns a flight into the line of its way, with what became of it. */
import type { Flight } from '../../../protocol/trace/flight.ts';
import { Opcode } from '../../../protocol/wire/frame.ts';
import type { DrawnFlights } from '../conversation/drawn-flights.ts';
import { along, point } from './marks.ts';
import type { FrameMark, FrameState, Layout, Line, Point } from './marks.ts';

/** How far to draw a frame that never set out, or got nobody knows how far: a part of the way across, and pixels along time. */
const stub = { part: 0.28, along: 14 };
/** The furthest part of the way, short of the other lane, to draw a frame that is not known to have arrived. */
export const almostThere = 0.96;

/** Where and how to draw frames: the lanes of client and server, and what `marksOf` has to know of the run. */
interface Place {
  ends: [client: number, server: number];
  running: boolean;
  /** The ids of the connections that have ended for at least one end. */
  closed: ReadonlySet<string>;
  /** Returns until when a frame that never arrived was under way, ms; undefined if unknown. */
  seenUntil: (flight: Flight, state: FrameState) => number | undefined;
  /** Returns how long it would have taken, ms; undefined if unknown. */
  takes: (flight: Flight) => number | undefined;
}

/** Returns the marks of drawn flights, in order. */
export function marksOf(layout: Layout, drawn: DrawnFlights, { ends, running, closed, seenUntil, takes }: Place): FrameMark[] {
  const { orientation } = layout;
  const [client, server] = ends;
  const at = (ms: number, s: number): Point => point(orientation, along(layout, ms), s);
  const isOver = ({ connection, exchange }: Flight): boolean => closed.has(connection) || exchange?.endedAt !== undefined;
  return drawn.flights.map((flight, i): FrameMark => {
    const isUp = !drawn.isFromServer(i);
    const [lane, farLane] = isUp ? [client, server] : [server, client];
    const [sentAt, departedAt, look] = [drawn.sentAt(i), drawn.departedAt(i), drawn.look(i)];
    const state = stateOf(drawn, i, running) ?? (isOver(flight) ? 'lost' : 'unfinished');
    const underWay = state === 'waiting' || state === 'flying';
    const leftAt = underWay ? departedAt : drawn.leftAt(i);
    const sent = at(sentAt, lane);
    const stopped = state === 'received' || underWay ? undefined : seenUntil(flight, state);
    const isWaiting = state === 'unfinished' && Number.isNaN(departedAt) && stopped !== undefined;
    /** Returns where a frame that never arrived is: as far as its time on the way took it. */
    const lastSeen = (): Point => {
      if (isWaiting) return at(Math.max(stopped, sentAt), lane);
      const time = takes(flight);
      if (stopped === undefined || !(stopped > leftAt) || time === undefined || time <= 0)
        return point(orientation, along(layout, leftAt) + stub.along, lane + (farLane - lane) * stub.part);
      const part = Math.min((stopped - leftAt) / time, almostThere);
      return at(stopped, lane + (farLane - lane) * part);
    };
    return {
      flight,
      direction: isUp ? 'client-to-server' : 'server-to-client',
      look,
      continues: drawn.continues(i),
      resent: drawn.resent(i),
      refused: (look === 'handshake' || look === 'http') && isRefusal(flight),
      state,
      sent,
      departed: isWaiting ? lastSeen() : leftAt === sentAt ? sent : Number.isNaN(leftAt) ? undefined : at(leftAt, lane),
      end: state === 'received' ? at(drawn.receivedAt(i), farLane) : underWay ? undefined : lastSeen(),
      lane,
      farLane,
    };
  });
}

/**
 * Returns what became of a frame; undefined if its connection decides: the frame is lost if the connection has ended, else the
 * trace ends before it arrives.
 */
function stateOf(drawn: DrawnFlights, i: number, running: boolean): FrameState | undefined {
  if (!Number.isNaN(drawn.receivedAt(i))) return 'received';
  if (!Number.isNaN(drawn.droppedAt(i))) return 'dropped';
  if (!running) return undefined;
  return Number.isNaN(drawn.departedAt(i)) ? 'waiting' : 'flying';
}

/** `HTTP/1.1 4` and `HTTP/1.1 5`, in hexadecimal. */
const refusal = /^485454502f312e3120(?:34|35)/;

/** Returns true for a response, or the answer to a handshake, that refuses what was asked. */
export function isRefusal({ kind, direction, captured, exchange }: Flight): boolean {
  if (kind === 'handshake') return direction === 'server-to-client' && refusal.test(captured?.bytes ?? '');
  return kind === 'response' && (exchange?.status ?? 0) >= 400;
}

/** How far the bracket of a message in several frames stands from its lane, pixels. */
const beside = 4;

/**
 * Returns the brackets of messages in several frames (RFC 6455 §5.4), on the side of the lane that they leave towards. `marks`
 * are those of the drawn flights.
 */
export function messageMarks(layout: Layout, drawn: DrawnFlights, marks: readonly FrameMark[]): Layout['messages'] {
  const messages = Map.groupBy(
    marks.filter((_, i) => drawn.isFragment(i)),
    ({ flight: { connection, direction, message } }) => `${connection} ${direction} ${message ?? ''}`,
  );
  return Array.from(messages.values(), (frames) => {
    const [first, last] = [frames[0], frames.at(-1)] as [FrameMark, FrameMark];
    const s = first.lane + Math.sign(first.farLane - first.lane) * beside;
    const t = ({ x, y }: Point): number => (layout.orientation === 'across' ? x : y);
    const line = ([first, last] as const).map(({ sent, departed = sent }) => point(layout.orientation, t(departed), s)) as Line;
    // If some frames are missing or out of view, nobody can tell how many the message has.
    const isAll = first.flight.captured?.opcode !== Opcode.continuation && last.flight.captured?.fin === true;
    const arrived = isAll && last.state === 'received' ? last.end : undefined;
    return { direction: first.direction, line, frames: frames.length, arrived };
  });
}
