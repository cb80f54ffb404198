/** The shapes of frames: the parallel lines of server-to-client, and heads. The canvas adds its lines as numbers. */
import type { Line, Point } from '../layout/marks.ts';

/** Half the distance between the two fine lines of server-to-client. */
export const doubleOffset = 1.5;

/** Returns the line moved sideways by `by` pixels. */
export function parallel([a, b]: Line, by: number): Line {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const length = Math.hypot(dx, dy) || 1;
  const [ox, oy] = [(-dy / length) * by, (dx / length) * by];
  return [
    { x: a.x + ox, y: a.y + oy },
    { x: b.x + ox, y: b.y + oy },
  ];
}

/** Returns the two other corners of a head whose tip is the end of the line. */
export function arrowBase([a, b]: Line, length = 8, halfWidth = 3.4): [Point, Point] {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const size = Math.hypot(dx, dy) || 1;
  const [ux, uy] = [dx / size, dy / size];
  const back = { x: b.x - ux * length, y: b.y - uy * length };
  return [
    { x: back.x - uy * halfWidth, y: back.y + ux * halfWidth },
    { x: back.x + uy * halfWidth, y: back.y - ux * halfWidth },
  ];
}

/** Returns the line shortened at its end, so that it ends at the head's tip and not at a stroke. */
export function shortened([a, b]: Line, by: number): Line {
  const length = Math.hypot(b.x - a.x, b.y - a.y);
  const part = length > by ? (length - by) / length : 0;
  return [a, { x: a.x + (b.x - a.x) * part, y: a.y + (b.y - a.y) * part }];
}

/** Returns the line of a frame, once it has an end. */
export function wayOf({ departed, end }: { departed: Point | undefined; end: Point | undefined }): Line | undefined {
  return departed && end ? [departed, end] : undefined;
}
