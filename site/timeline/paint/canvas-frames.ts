/**
 * Paints frames on a canvas. Every animation frame may bring thousands, so it adds ways to a path as numbers, without making
 * lines or points of them first.
 */
import type { FrameMark, Layout, Line, Point } from '../layout/marks.ts';
import type { Palette } from './palette.ts';
import type { Context } from './canvas-shapes.ts';
import { arrowBase, doubleOffset } from './strokes.ts';

/** The properties that frames of one stroke share. */
type Kind = Pick<FrameMark, 'direction' | 'look'>;

/** How much shorter a shaft is than its way, so that the way ends at the head's tip and not at a stroke; pixels. */
const tipLength = 5;

/** Widths of single lines, pixels. */
const widths = { handshake: 1.25, http: 1.9, data: 1.9, control: 1 };

/** The shortest wait to draw, pixels along the picture. */
const leastWait = 0.25;

const looks = ['handshake', 'http', 'data', 'control'] as const;
const directions = ['client-to-server', 'server-to-client'] as const;
/** All kinds, in painting order. */
const kinds: readonly Kind[] = looks.flatMap((look) => directions.map((direction) => ({ look, direction })));
const kindOf = ({ look, direction }: FrameMark): Kind =>
  kinds[looks.indexOf(look) * directions.length + directions.indexOf(direction)] as Kind;

/** Adds a line to the path, moved sideways by `aside` and shortened by `cut` at its end. */
function addWay(context: Context, from: Point, to: Point, cut: number, aside: number): void {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const length = Math.sqrt(dx * dx + dy * dy) || 1;
  const ox = (-dy / length) * aside;
  const oy = (dx / length) * aside;
  const part = length > cut ? (length - cut) / length : 0;
  context.moveTo(from.x + ox, from.y + oy);
  context.lineTo(from.x + dx * part + ox, from.y + dy * part + oy);
}

/** Adds the ways of the marks, each shortened by what `cutOf` returns; undefined leaves the mark out. */
function addWays(
  context: Context,
  marks: readonly FrameMark[],
  aside: number,
  cutOf: (mark: FrameMark) => number | undefined,
): void {
  for (const mark of marks) {
    const cut = cutOf(mark);
    if (cut !== undefined && mark.departed && mark.end) addWay(context, mark.departed, mark.end, cut, aside);
  }
}

/** Returns how much to cut off a frame's line to end it at its head: nothing if it has none. */
const shaft = ({ state, resent }: FrameMark): number | undefined =>
  state === 'received' ? (resent === 0 ? tipLength : undefined) : state === 'unfinished' ? 0 : undefined;
const resentShaft = ({ state, resent }: FrameMark): number | undefined =>
  state === 'received' && resent > 0 ? tipLength : undefined;
const whole = ({ state }: FrameMark): number | undefined => (state === 'received' || state === 'unfinished' ? 0 : undefined);
const refusal = ({ refused, state }: FrameMark): number | undefined => (refused && state === 'received' ? tipLength : undefined);

/**
 * Strokes what `add` adds to the path, in the stroke and colour of its kind. Draws data from the server twice, side by side,
 * unless it is too dense for that.
 */
function strokeKind(
  context: Context,
  { direction, look }: Kind,
  palette: Palette,
  add: (aside: number) => void,
  { isResent = false, isDense = false } = {},
): void {
  const isDouble = direction === 'server-to-client' && (look === 'data' || look === 'http') && !isResent && !isDense;
  context.beginPath();
  if (isDouble) for (const aside of [doubleOffset, -doubleOffset]) add(aside);
  else add(0);
  context.strokeStyle = look === 'control' && !isResent ? palette.control : palette[direction];
  // A browser that fills pixels itself draws lines of 1 px in a fraction of the time.
  context.lineWidth = isResent ? 2.4 : isDense ? 1 : isDouble ? 1.1 : widths[look];
  context.setLineDash(isResent ? [1.5, 3.5] : look === 'handshake' ? [5, 3] : []);
  context.stroke();
  context.setLineDash([]);
}

/** Strokes one line in the stroke and colour of its kind. */
export function strokeFrame(context: Context, [from, to]: Line, mark: FrameMark, palette: Palette, isShaft = false): void {
  strokeKind(context, mark, palette, (aside) => addWay(context, from, to, isShaft ? tipLength : 0, aside), {
    isResent: mark.resent > 0,
  });
}

/** Fills heads at the ends of lines. */
export function tips(context: Context, lines: readonly Line[], colour: string): void {
  context.beginPath();
  for (const line of lines) addTip(context, line);
  context.fillStyle = colour;
  context.fill();
}

function addTip(context: Context, line: Line): void {
  const [left, right] = arrowBase(line);
  context.moveTo(line[1].x, line[1].y);
  context.lineTo(left.x, left.y);
  context.lineTo(right.x, right.y);
  context.closePath();
}

/** Paints all frames that stand still: where they waited, their ways, and their heads. */
export function paintFrames(context: Context, { frames, time }: Layout, palette: Palette): void {
  // If frames lie closer than their strokes are wide, keep each one visible, and both directions through each other.
  const isDense = frames.length > (time.end - time.start) / 3;
  const ofKind = Map.groupBy(frames, kindOf);
  for (const kind of kinds) {
    const marks = ofKind.get(kind);
    if (marks) paintKind(context, kind, marks, palette, isDense);
  }
}

function paintKind(context: Context, kind: Kind, marks: readonly FrameMark[], palette: Palette, isDense: boolean): void {
  const { look, direction } = kind;
  paintWaits(context, marks, palette[direction]);
  if (look === 'http') {
    context.beginPath();
    addWays(context, marks, 0, whole);
    context.strokeStyle = direction === 'client-to-server' ? palette.c2sSoft : palette.s2cSoft;
    context.lineWidth = 7;
    context.stroke();
  }
  context.globalAlpha = isDense ? 0.75 : 1;
  strokeKind(context, kind, palette, (aside) => addWays(context, marks, aside, shaft), { isDense });
  const wasResent = marks.some(({ resent }) => resent > 0);
  if (wasResent) strokeKind(context, kind, palette, (aside) => addWays(context, marks, aside, resentShaft), { isResent: true });
  context.globalAlpha = 1;
  if (!isDense) paintTips(context, marks, look === 'control' ? palette.control : palette[direction], palette.paper);
  if (marks.some(({ refused }) => refused)) paintRefusals(context, marks, palette.trouble);
}

/** Paints where frames waited for their turn: along their lane. */
function paintWaits(context: Context, marks: readonly FrameMark[], colour: string): void {
  context.beginPath();
  for (const { sent, departed } of marks) {
    if (!departed || departed.x - sent.x + departed.y - sent.y < leastWait) continue;
    context.moveTo(sent.x, sent.y);
    context.lineTo(departed.x, departed.y);
  }
  context.globalAlpha = 0.45;
  context.strokeStyle = colour;
  context.lineWidth = 5;
  context.stroke();
  context.globalAlpha = 1;
}

/** Paints the heads of frames that arrived; hollow if more of the message follows. */
function paintTips(context: Context, marks: readonly FrameMark[], colour: string, paper: string): void {
  const arrived = marks.filter(({ state, departed, end }) => state === 'received' && departed && end);
  const way = ({ departed, end }: FrameMark): Line => [departed as Point, end as Point];
  tips(context, arrived.map(way), colour);
  const continued = arrived.filter(({ continues }) => continues);
  if (continued.length === 0) return;
  tips(context, continued.map(way), paper);
  context.strokeStyle = colour;
  context.lineWidth = 1.25;
  context.stroke();
}

function paintRefusals(context: Context, marks: readonly FrameMark[], colour: string): void {
  context.beginPath();
  for (const aside of [doubleOffset, -doubleOffset]) addWays(context, marks, aside, refusal);
  context.strokeStyle = colour;
  context.lineWidth = 1.1;
  context.stroke();
  const refused = marks.filter((mark) => refusal(mark) !== undefined && mark.departed && mark.end);
  tips(context, refused.map(({ departed, end }): Line => [departed as Point, end as Point]), colour); // prettier-ignore
}
