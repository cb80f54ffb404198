/** Paints a layout on a canvas, in two layers: what stands still, and over it what moves. */
import { along, point } from '../layout/marks.ts';
import type { BarMark, FrameMark, Layout, Line, Point, Rect, TextMark } from '../layout/marks.ts';
import type { InFlight } from '../layout/in-flight.ts';
import type { Palette } from './palette.ts';
import { formatTime } from '../words/time.ts';
import { paintFrames, strokeFrame, tips } from './canvas-frames.ts';
import { wayOf } from './strokes.ts';

type Context = CanvasRenderingContext2D;

function trace(context: Context, lines: readonly Line[]): void {
  context.beginPath();
  for (const [a, b] of lines) {
    context.moveTo(a.x, a.y);
    context.lineTo(b.x, b.y);
  }
}

function stroke(context: Context, lines: readonly Line[], colour: string, width: number): void {
  if (lines.length === 0) return;
  trace(context, lines);
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.stroke();
}

function fillRects(context: Context, rects: readonly Rect[], colour: string): void {
  context.fillStyle = colour;
  for (const { x, y, width, height } of rects) context.fillRect(x, y, width, height);
}

/** Paints what an end holds and for how long. */
function paintBars(context: Context, marks: readonly BarMark[], palette: Palette): void {
  const looks: Record<BarMark['look'], { fill: string; edge: string; dash: number[] }> = {
    open: { fill: palette.s2cSoft, edge: palette['server-to-client'], dash: [2, 2] },
    held: { fill: palette.sunk, edge: palette.inkSoft, dash: [] },
    floor: { fill: palette.paper, edge: palette.inkSoft, dash: [4, 2] },
    air: { fill: palette.c2sSoft, edge: palette['client-to-server'], dash: [] },
    lost: { fill: palette.troubleSoft, edge: palette.trouble, dash: [] },
  };
  for (const { look, rect } of marks) {
    const { fill, edge, dash } = looks[look];
    fillRects(context, [rect], fill);
    context.strokeStyle = edge;
    context.lineWidth = look === 'lost' ? 2 : 1;
    context.setLineDash(dash);
    context.strokeRect(rect.x, rect.y, rect.width, rect.height);
  }
  context.setLineDash([]);
}

/** How many areas share a path: with hundreds the browser fills many times slower; one by one the script takes twice as long. */
const areasAtOnce = 8;

function addOutline(context: Context, outline: readonly number[]): void {
  context.moveTo(outline[0] as number, outline[1] as number);
  for (let i = 2; i < outline.length; i += 2) context.lineTo(outline[i] as number, outline[i + 1] as number);
  context.closePath();
}

/** Paints what waits at an end, which frames are one message, and where a link broke. */
function paintQueues(context: Context, { queues, messages, breaks }: Layout, palette: Palette): void {
  context.lineWidth = 1;
  for (const [direction, areas] of Map.groupBy(queues, ({ direction }) => direction)) {
    context.fillStyle = direction === 'client-to-server' ? palette.c2sSoft : palette.s2cSoft;
    context.strokeStyle = palette[direction];
    for (let i = 0; i < areas.length; i += areasAtOnce) {
      context.beginPath();
      for (const { outline } of areas.slice(i, i + areasAtOnce)) addOutline(context, outline);
      context.fill();
      context.stroke();
    }
  }
  context.globalAlpha = 0.45;
  for (const { direction, line } of messages) stroke(context, [line], palette[direction], 5);
  context.globalAlpha = 1;
  for (const { line, kind } of breaks) {
    context.setLineDash(kind === 'cut' ? [6, 3] : [1.5, 4]);
    stroke(context, [line], kind === 'cut' ? palette.trouble : palette.inkSoft, 1.5);
  }
  context.setLineDash([]);
}

function crosses(context: Context, at: readonly Point[], colour: string): void {
  const lines = at.flatMap(({ x, y }): Line[] => [
    [{ x: x - 4, y: y - 4 }, { x: x + 4, y: y + 4 }],
    [{ x: x + 4, y: y - 4 }, { x: x - 4, y: y + 4 }],
  ]); // prettier-ignore
  stroke(context, lines, colour, 2);
}

/** The font and ink of a text. */
interface Face {
  size: string;
  family: 'mono' | 'sans';
  ink: 'ink' | 'inkSoft';
}

const plain: Face = { size: '12px', family: 'sans', ink: 'inkSoft' };
const faces: Record<TextMark['role'], Face> = {
  payload: { size: '11px', family: 'mono', ink: 'inkSoft' },
  held: { size: '11px', family: 'sans', ink: 'ink' },
  lane: { size: '600 12px', family: 'sans', ink: 'ink' },
  caption: plain,
  tick: plain,
  note: plain,
};

function writeTexts(context: Context, texts: readonly TextMark[], palette: Palette): void {
  context.strokeStyle = palette.paper;
  context.lineWidth = 3;
  context.lineJoin = 'round';
  // Write all texts of one face in a row: setting a face takes longer than writing a text.
  for (const [{ size, family, ink }, written] of Map.groupBy(texts, ({ role }) => faces[role])) {
    context.font = `${size} ${palette[family]}`;
    context.fillStyle = palette[ink];
    for (const { at, text, anchor, role } of written) {
      context.textAlign = anchor === 'middle' ? 'center' : anchor;
      if (role === 'note') context.strokeText(text, at.x, at.y);
      context.fillText(text, at.x, at.y);
    }
  }
}

/** Clips what `paint` draws to the stretch of time in view, so that it stays off the lanes' names. */
function clipped(context: Context, { orientation, time, width, height }: Layout, paint: () => void): void {
  context.save();
  context.beginPath();
  if (orientation === 'across') context.rect(time.start - 5, 0, width, height);
  else context.rect(0, time.start - 5, width, height);
  context.clip();
  paint();
  context.restore();
}

/** Paints what stands still: everything but heads and the moment shown. */
export function paintStill(context: Context, layout: Layout, palette: Palette): void {
  context.clearRect(0, 0, layout.width, layout.height);
  clipped(context, layout, () => paintMarks(context, layout, palette));
  writeTexts(context, layout.texts, palette);
}

function paintMarks(context: Context, layout: Layout, palette: Palette): void {
  const { frames, strips, lanes, orientation } = layout;
  stroke(context, layout.grid, palette.rule, 1);
  context.globalAlpha = 0.14;
  fillRects(context, layout.both, palette.both);
  context.globalAlpha = 1;
  stroke(context, lanes.map(({ line }) => line), palette.rule, 1.5); // prettier-ignore
  stroke(context, lanes.flatMap(({ lives }) => lives), palette.inkSoft, 1.5); // prettier-ignore
  for (const direction of ['client-to-server', 'server-to-client'] as const) {
    fillRects(context, strips.flatMap((strip) => strip[direction]), palette[direction]); // prettier-ignore
  }
  fillRects(context, strips.flatMap(({ both }) => both), palette.both); // prettier-ignore
  paintBars(context, layout.bars, palette);
  paintQueues(context, layout, palette);
  paintFrames(context, layout, palette);
  const lost = frames.filter(({ state }) => state === 'dropped' || state === 'lost');
  stroke(context, lost.map((mark) => wayOf(mark) as Line), palette.trouble, 2); // prettier-ignore
  crosses(context, lost.map(({ end }) => end as Point), palette.trouble); // prettier-ignore
  stroke(context, layout.clock ?? [], palette.ink, 1.5);
  for (const { at, kind } of layout.points) {
    if (kind === 'cut') crosses(context, [at], palette.trouble);
    else if (kind === 'aborted') crosses(context, [at], palette.inkSoft);
    else if (kind === 'omitted')
      tips(context, [[{ x: at.x, y: at.y }, { x: at.x, y: at.y - 8 }]], palette.inkSoft); // prettier-ignore
    else {
      const [t, s] = orientation === 'across' ? [at.x, at.y] : [at.y, at.x];
      stroke(context, [[point(orientation, t, s - 6), point(orientation, t, s + 6)]], palette.inkSoft, 2);
    }
  }
}

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
