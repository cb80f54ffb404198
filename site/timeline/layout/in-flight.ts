/** Finds where the frames in flight are at a moment, and which frame is nearest to a point. */
import type { Flight } from '../../../protocol/trace/flight.ts';
import { almostThere } from './frame-marks.ts';
import { along, point } from './marks.ts';
import type { FrameMark, Layout, Point } from './marks.ts';

/** A frame under way. */
export interface InFlight {
  mark: FrameMark;
  /** Where its line begins, and where its head is now. */
  from: Point;
  at: Point;
  /** True while the receipt is unknown, so that its place is worked out from how long others took. */
  estimated: boolean;
}

/**
 * Returns the frames in flight at `now`, each at its true speed. `expectedMs` says how long a frame that has not arrived yet
 * is likely to take; undefined for no idea.
 */
export function inFlightAt(layout: Layout, now: number, expectedMs: (flight: Flight) => number | undefined): InFlight[] {
  const heads: InFlight[] = [];
  for (const mark of layout.frames) {
    const { flight, departed, state } = mark;
    const { departedAt, receivedAt } = flight;
    if (departed === undefined || departedAt === undefined || departedAt > now) continue;
    if (receivedAt === undefined ? state !== 'flying' : receivedAt <= now) continue;
    const takes = receivedAt === undefined ? expectedMs(flight) : receivedAt - departedAt;
    let part = takes === undefined || takes <= 0 ? (receivedAt === undefined ? 0.5 : 1) : (now - departedAt) / takes;
    if (receivedAt === undefined) part = Math.min(part, almostThere);
    const at = point(layout.orientation, along(layout, now), mark.lane + (mark.farLane - mark.lane) * part);
    heads.push({ mark, from: departed, at, estimated: receivedAt === undefined });
  }
  return heads;
}

/** Returns the frames that wait for their turn at `now`: sent, but not departed. */
export function waitingAt(layout: Layout, now: number): FrameMark[] {
  return layout.frames.filter(({ flight: { sentAt, departedAt, dropped }, state }) => {
    if (sentAt > now || dropped) return false;
    return departedAt === undefined ? state === 'waiting' : departedAt > now;
  });
}

/** Returns the frame whose line is nearest to a point, at most `tolerance` pixels away. The later one wins a tie. */
export function nearestFrame({ frames }: Layout, to: Point, tolerance: number): FrameMark | undefined {
  let nearest: FrameMark | undefined;
  let least = tolerance;
  for (const mark of frames) {
    const start = mark.departed ?? mark.sent;
    const away = Math.min(distance(to, start, mark.end ?? start), distance(to, mark.sent, start));
    if (away > least) continue;
    least = away;
    nearest = mark;
  }
  return nearest;
}

function distance({ x, y }: Point, a: Point, b: Point): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const length = dx * dx + dy * dy;
  const part = length === 0 ? 0 : Math.max(0, Math.min(1, ((x - a.x) * dx + (y - a.y) * dy) / length));
  return Math.hypot(x - a.x - part * dx, y - a.y - part * dy);
}
