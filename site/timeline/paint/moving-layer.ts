/** Paints what moves, over what stands still. */
import { along, point } from '../layout/marks.ts';
import type { FrameMark, Layout, Line } from '../layout/marks.ts';
import type { InFlight } from '../layout/in-flight.ts';
import type { Palette } from './palette.ts';
import { formatTime } from '../words/time.ts';
import { strokeFrame, tips } from './canvas-frames.ts';
import { clipped, type Context, stroke } from './canvas-shapes.ts';
import { wayOf } from './strokes.ts';

/** The contents of the moving layer. */
export interface Moving {
  /** The moment shown; undefined at rest at the end, when the whole picture holds. */
  now: number | undefined;
  heads: readonly InFlight[];
  waiting: readonly FrameMark[];
  selected: FrameMark | undefined;
}

/** Paints what moves: a veil over the future, the moment shown, and a head for each frame in flight. */
export function paintMoving(context: Context, layout: Layout, palette: Palette, { now, heads, waiting, selected }: Moving): void {
  const { width, height, orientation, breadth, time } = layout;
  context.clearRect(0, 0, width, height);
  const t = now === undefined ? time.end : Math.min(Math.max(along(layout, now), time.start), time.end);
  if (now !== undefined) {
    context.globalAlpha = 0.74;
    const [x, y] = orientation === 'across' ? [t, 0] : [breadth[0] - 4, t];
    context.fillStyle = palette.paper;
    if (orientation === 'across') context.fillRect(x, y, width - x, breadth[1]);
    else context.fillRect(x, y, width - x, height - y);
    context.globalAlpha = 1;
  }
  if (selected) clipped(context, layout, () => paintSelected(context, layout, palette, selected));
  if (now === undefined || along(layout, now) > time.end + 1 || now < time.from) return;
  stroke(context, [[point(orientation, t, breadth[0]), point(orientation, t, breadth[1])]], palette.accent, 1.25);
  clipped(context, layout, () => paintUnderWay(context, layout, palette, { heads, waiting, t }));
}

/** Paints the frames that wait at `t` along the picture, and the frames in flight. */
function paintUnderWay(
  context: Context,
  { orientation }: Layout,
  palette: Palette,
  { heads, waiting, t }: Pick<Moving, 'heads' | 'waiting'> & { t: number },
): void {
  for (const { sent, direction } of waiting) {
    const [sentT, s] = orientation === 'across' ? [sent.x, sent.y] : [sent.y, sent.x];
    context.globalAlpha = 0.45;
    stroke(context, [[point(orientation, sentT, s), point(orientation, t, s)]], palette[direction], 5);
    context.globalAlpha = 1;
  }
  for (const { mark, from, at, estimated } of heads) {
    strokeFrame(context, [from, at], mark, palette);
    const colour = mark.look === 'control' ? palette.control : palette[mark.direction];
    context.beginPath();
    context.arc(at.x, at.y, mark.look === 'data' ? 4.5 : 3.5, 0, 2 * Math.PI);
    context.fillStyle = estimated ? palette.paper : colour;
    context.fill();
    context.strokeStyle = colour;
    context.lineWidth = 2;
    context.stroke();
  }
}

function paintSelected(context: Context, { orientation, breadth }: Layout, palette: Palette, mark: FrameMark): void {
  const way = wayOf(mark) ?? [mark.sent, mark.departed ?? mark.sent];
  context.lineCap = 'round';
  context.globalAlpha = 0.28;
  stroke(context, mark.departed ? [way, [mark.sent, mark.departed]] : [way], palette.accent, 11);
  context.globalAlpha = 1;
  context.lineCap = 'butt';
  const times = [mark.sent, ...(mark.end ? [mark.end] : [])].map(({ x, y }) => (orientation === 'across' ? x : y));
  context.setLineDash([2, 3]);
  stroke(context, times.map((t): Line => [point(orientation, t, breadth[0]), point(orientation, t, breadth[1])]), palette.accent, 1); // prettier-ignore
  context.setLineDash([]);
  if (mark.state !== 'received') return;
  strokeFrame(context, way, mark, palette, true);
  tips(context, [way], mark.look === 'control' ? palette.control : palette[mark.direction]);
  writeDuration(context, way, formatTime((mark.flight.receivedAt ?? 0) - mark.flight.sentAt), palette);
}

/** Writes how long a frame took, at the middle of its way. */
function writeDuration(context: Context, [a, b]: Line, text: string, palette: Palette): void {
  const [x, y] = [(a.x + b.x) / 2, (a.y + b.y) / 2];
  context.font = `600 12px ${palette.sans}`;
  const width = context.measureText(text).width + 10;
  context.fillStyle = palette.paper;
  context.fillRect(x - width / 2, y - 9, width, 18);
  context.strokeStyle = palette.accent;
  context.lineWidth = 1;
  context.strokeRect(x - width / 2, y - 9, width, 18);
  context.fillStyle = palette.ink;
  context.textAlign = 'center';
  context.fillText(text, x, y + 4.5);
}
