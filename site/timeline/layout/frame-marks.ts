/** A flight as the line of its way, and what became of it. */
import type { Flight } from '../../../protocol/trace/flight.ts';
import { firstKnown, type FlightTable, type FlightRows, isPicked, FlightFlag } from '../../../protocol/trace/flight-table.ts';
import { Opcode } from '../../../protocol/wire/frame.ts';
import type { Drawn } from '../conversation/visible-flights.ts';
import { along, point } from './marks.ts';
import type { FrameMark, FrameState, Layout, Line, Point } from './marks.ts';

/** How far a frame is drawn that never set out, or of which nobody knows how far it came: this part of the way, and so many pixels along. */
const stub = { part: 0.28, along: 14 };
/** Short of the other lane: how far at most a frame has come that is not known to have arrived. */
export const almostThere = 0.96;

/** Where frames are drawn and how: the lanes of client and server, and what `marksOf` has to know of the run. */
interface Place {
  ends: [client: number, server: number];
  running: boolean;
  /** The flights of connections that are over for one of their ends. */
  closed: FlightRows;
  /** Until when a frame that never arrived was under way, ms; undefined where that is not known. */
  seenUntil: (flight: Flight, state: FrameState) => number | undefined;
  /** How long it would have taken, ms; undefined where that is not known. */
  takes: (flight: Flight) => number | undefined;
}

/** The marks of drawn flights, in their order. Read from columns: with each animation frame there may be a thousand. */
export function marksOf(
  layout: Layout,
  { columns, places, flights }: Drawn,
  { ends, running, closed, seenUntil, takes }: Place,
): FrameMark[] {
  const { orientation } = layout;
  const [client, server] = ends;
  const at = (ms: number, s: number): Point => point(orientation, along(layout, ms), s);
  const isOver = ({ exchange }: Flight, place: number): boolean => isPicked(closed, place) || exchange?.endedAt !== undefined;
  return flights.map((flight, i): FrameMark => {
    const place = places[i] as number;
    const looks = columns.looks[place] as number;
    const sentAt = columns.sentAt[place] as number;
    const isUp = !(looks & FlightFlag.fromServer);
    const lane = isUp ? client : server;
    const farLane = isUp ? server : client;
    const state = stateOf(columns, place, running) ?? (isOver(flight, place) ? 'lost' : 'unfinished');
    const underWay = state === 'waiting' || state === 'flying';
    const leftAt = underWay
      ? (columns.departedAt[place] as number)
      : firstKnown(columns.departedAt[place], columns.droppedAt[place], sentAt);
    const sent = at(sentAt, lane);
    const stopped = state === 'received' || underWay ? undefined : seenUntil(flight, state);
    const isWaiting = state === 'unfinished' && Number.isNaN(columns.departedAt[place]) && stopped !== undefined;
    /** Where a frame is that never arrived: as far as its time on the way took it. */
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
      look:
        looks & FlightFlag.handshake
          ? 'handshake'
          : looks & FlightFlag.http
            ? 'http'
            : looks & FlightFlag.control
              ? 'control'
              : 'data',
      continues: (looks & FlightFlag.continues) !== 0,
      resent: columns.resent[place] as number,
      refused: (looks & (FlightFlag.handshake | FlightFlag.http)) !== 0 && isRefusal(flight),
      state,
      sent,
      departed: isWaiting ? lastSeen() : leftAt === sentAt ? sent : Number.isNaN(leftAt) ? undefined : at(leftAt, lane),
      end: state === 'received' ? at(columns.receivedAt[place] as number, farLane) : underWay ? undefined : lastSeen(),
      lane,
      farLane,
    };
  });
}

/**
 * What became of a frame; undefined where that is for its connection to say: if it has ended, the frame is lost, else the trace
 * ends before it arrives.
 */
function stateOf({ receivedAt, droppedAt, departedAt }: FlightTable, place: number, running: boolean): FrameState | undefined {
  if (!Number.isNaN(receivedAt[place])) return 'received';
  if (!Number.isNaN(droppedAt[place])) return 'dropped';
  if (!running) return undefined;
  return Number.isNaN(departedAt[place]) ? 'waiting' : 'flying';
}

/** `HTTP/1.1 4` and `HTTP/1.1 5`, in hexadecimal. */
const refusal = /^485454502f312e3120(?:34|35)/;

/** A response, or the answer to a handshake, that refuses what was asked. */
export function isRefusal({ kind, direction, captured, exchange }: Flight): boolean {
  if (kind === 'handshake') return direction === 'server-to-client' && refusal.test(captured?.bytes ?? '');
  return kind === 'response' && (exchange?.status ?? 0) >= 400;
}

/** How far beside its lane a message in several frames is bracketed, pixels. */
const beside = 4;

/** The brackets of messages that came in several frames (RFC 6455 §5.4), on the side of the way that they go. `marks` are those of what is drawn. */
export function messageMarks(layout: Layout, { columns, places }: Drawn, marks: readonly FrameMark[]): Layout['messages'] {
  const messages = Map.groupBy(
    marks.filter((_, i) => (columns.looks[places[i] as number] as number) & FlightFlag.fragment),
    ({ flight: { connection, direction, message } }) => `${connection} ${direction} ${message ?? ''}`,
  );
  return Array.from(messages.values(), (frames) => {
    const [first, last] = [frames[0], frames.at(-1)] as [FrameMark, FrameMark];
    const s = first.lane + Math.sign(first.farLane - first.lane) * beside;
    const t = ({ x, y }: Point): number => (layout.orientation === 'across' ? x : y);
    const line = ([first, last] as const).map(({ sent, departed = sent }) => point(layout.orientation, t(departed), s)) as Line;
    // Of one that is not all there, or not all in view, nobody can tell how many there are.
    const isAll = first.flight.captured?.opcode !== Opcode.continuation && last.flight.captured?.fin === true;
    const arrived = isAll && last.state === 'received' ? last.end : undefined;
    return { direction: first.direction, line, frames: frames.length, arrived };
  });
}
