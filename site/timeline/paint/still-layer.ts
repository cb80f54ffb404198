/** Paints what stands still: everything but heads and the moment shown. */
import { point } from '../layout/marks.ts';
import type { BarMark, Layout, Line, Point, TextMark } from '../layout/marks.ts';
import type { Palette } from './palette.ts';
import { paintFrames, tips } from './canvas-frames.ts';
import { clipped, type Context, crosses, fillRects, stroke } from './canvas-shapes.ts';
import { wayOf } from './strokes.ts';

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

/** Paints the still layer. */
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
