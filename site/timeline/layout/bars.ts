/** Draws stretches of time at an end as bars behind its lane, in rows side by side. */
import { lowerBound } from '../../../protocol/collections/binary-search.ts';
import { fit, textWidth } from './labels.ts';
import { along } from './marks.ts';
import type { BarMark, Layout, Rect, TextMark } from './marks.ts';

/** The lane that bars lie behind, and on which side. `rows` is how many rows there may be. */
export interface BarPlace {
  s: number;
  away: 1 | -1;
  rows: number;
}

/** Returns how far apart rows are, pixels: less where there are many. */
function rowStep(rows: number, isAcross: boolean): number {
  if (!isAcross) return rows <= 3 ? 10 : Math.max(4, 30 / rows);
  return rows <= 2 ? 15 : rows <= 4 ? 13 : Math.max(5, 52 / rows);
}

/** Returns the room that this many rows take, pixels. */
export const rowsDepth = (rows: number, isAcross: boolean): number => (rows === 0 ? 0 : rows * rowStep(rows, isAcross) + 3);

/** The gap between the lane and the first row, and between two rows, pixels. */
const gap = 3;
/** The shortest bar, pixels, so that a fraction of a millisecond is still seen. */
const leastLength = 2;
/** The thinnest bar that has text in it, pixels. */
const leastForText = 10;

/** Returns the bar of a stretch of time in a row, counted from 0; undefined if it lies outside the view. */
export function barRect(layout: Layout, { s, away, rows }: BarPlace, row: number, first: number, last: number): Rect | undefined {
  const { from, to } = layout.time;
  if (last < from || first > to) return undefined;
  const isAcross = layout.orientation === 'across';
  const step = rowStep(rows, isAcross);
  const t0 = along(layout, Math.max(first, from));
  const t1 = Math.max(along(layout, Math.min(last, to)), t0 + leastLength);
  const [a, b] = [s + away * (gap + row * step), s + away * ((row + 1) * step)];
  const [near, far] = a < b ? [a, b] : [b, a];
  return isAcross
    ? { x: t0, y: near, width: t1 - t0, height: far - near }
    : { x: near, y: t0, width: far - near, height: t1 - t0 };
}

const inBar = ({ x, y, height }: Rect, text: string, after = 0): TextMark => ({
  at: { x: x + after + 4, y: y + height / 2 + 4 },
  text,
  anchor: 'start',
  role: 'held',
});

/** Returns where the next bar in the same row begins. */
export type NextInRow = (rect: Rect) => number;

/** Returns a function that finds the next bar in a row of `marks`. */
export function rowsOf(marks: readonly BarMark[]): NextInRow {
  const rows = new Map(
    Array.from(
      Map.groupBy(marks, ({ rect }) => rect.y),
      ([y, own]) => [y, own.map(({ rect }) => rect.x).sort((a, b) => a - b)],
    ),
  );
  return ({ x, y }) => {
    const starts = rows.get(y) ?? [];
    return starts[lowerBound(starts.length, (i) => (starts[i] as number) > x)] ?? Infinity;
  };
}

/**
 * Returns the texts in the bars: the longest wording that fits. A word on the air that is too long for its bar is written
 * behind it; behind an exchange's bar stands its answer instead.
 */
export function barTexts(marks: readonly BarMark[], nextInRow: NextInRow, end: number): TextMark[] {
  return marks.flatMap((mark) => {
    const { rect, wordings, look } = mark;
    if (rect.height < leastForText) return [];
    const room = rect.width - 6;
    const [first = '', ...others] = wordings;
    const inside = [first, ...others].find((words) => textWidth(words, 'sans') <= room);
    if (look === 'air' && inside !== first) {
      const behind = wordings.map((words) => textBehind(mark, nextInRow, words, end)).find(Boolean);
      if (behind) return [behind];
    }
    const text = inside ?? fit(others.at(-1) ?? first, room, 'sans');
    return text.length > 1 ? [inBar(rect, text)] : [];
  });
}

/** Returns the text behind a bar if there is room before the next bar in its row and before `end`. */
export function textBehind({ rect }: BarMark, nextInRow: NextInRow, text: string, end: number): TextMark | undefined {
  if (rect.height < leastForText) return undefined;
  const next = Math.min(end, nextInRow(rect));
  const hasRoom = rect.x + rect.width + textWidth(text, 'sans') + 8 <= next;
  return hasRoom ? inBar(rect, text, rect.width) : undefined;
}
