/** A flight as the line of its way, and what became of it. */
import { type Flight, isHttp } from '../../protocol/flight.ts';
import { isControl, Opcode } from '../../protocol/frame.ts';
import { along, point } from './marks.ts';
import type { FrameMark, FrameState, Layout, Line, Point, View } from './marks.ts';

/** How far a frame that never arrived is drawn: this part of the way, and so many pixels along. */
const stub = { part: 0.28, along: 14 };

/** What became of a frame. One that did not arrive on a connection that has ended is lost; else the trace ends before it does. */
function stateOf({ receivedAt, dropped, departedAt }: Flight, running: boolean, closed: boolean): FrameState {
  if (receivedAt !== undefined) return 'received';
  if (dropped) return 'dropped';
  if (!running) return closed ? 'lost' : 'unfinished';
  return departedAt === undefined ? 'waiting' : 'flying';
}

/** `ends` are the lanes of client and server; `closed`: the connection is over for one of its ends. */
export function frameMark(
  layout: Layout,
  flight: Flight,
  ends: [number, number],
  { running = false }: View,
  closed: boolean,
): FrameMark {
  const { direction, kind, captured, sentAt, departedAt, dropped } = flight;
  const isUp = direction === 'client-to-server';
  const lane = isUp ? ends[0] : ends[1];
  const farLane = isUp ? ends[1] : ends[0];
  const { orientation } = layout;
  const state = stateOf(flight, running, closed || flight.exchange?.endedAt !== undefined);
  const underWay = state === 'waiting' || state === 'flying';
  const leftAt = departedAt ?? (underWay ? undefined : (dropped?.at ?? sentAt));
  const end =
    state === 'received'
      ? point(orientation, along(layout, flight.receivedAt as number), farLane)
      : underWay
        ? undefined
        : point(orientation, along(layout, leftAt as number) + stub.along, lane + (farLane - lane) * stub.part);
  const sent = point(orientation, along(layout, sentAt), lane);
  return {
    flight,
    direction,
    look:
      kind === 'handshake' ? 'handshake' : isHttp(flight) ? 'http' : captured && isControl(captured.opcode) ? 'control' : 'data',
    continues: kind === 'frame' && captured?.fin === false,
    resent: flight.resent ?? 0,
    refused: isRefusal(flight),
    state,
    sent,
    departed: leftAt === sentAt ? sent : leftAt === undefined ? undefined : point(orientation, along(layout, leftAt), lane),
    end,
    lane,
    farLane,
  };
}

/** `HTTP/1.1 4` and `HTTP/1.1 5`, in hexadecimal. */
const refusal = /^485454502f312e3120(?:34|35)/;

/** A response, or the answer to a handshake, that refuses what was asked. */
export function isRefusal({ kind, direction, captured, exchange }: Flight): boolean {
  if (kind === 'handshake') return direction === 'server-to-client' && refusal.test(captured?.bytes ?? '');
  return kind === 'response' && (exchange?.status ?? 0) >= 400;
}

const isFragment = ({ kind, captured }: Flight): boolean =>
  captured !== undefined && kind === 'frame' && (!captured.fin || captured.opcode === Opcode.continuation);

/** How far beside its lane a message in several frames is bracketed, pixels. */
const beside = 4;

/** The brackets of messages that came in several frames (RFC 6455 §5.4), on the side of the way that they go. */
export function messageMarks(layout: Layout, marks: readonly FrameMark[]): Layout['messages'] {
  const messages = Map.groupBy(
    marks.filter(({ flight }) => isFragment(flight)),
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
