/** A queue as an area behind its end's lane: as deep as bytes wait. */
import { levels } from './density.ts';
import { textWidth } from './labels.ts';
import { along, point } from './marks.ts';
import type { Layout, Point, QueueMark, TextMark } from './marks.ts';
import type { Queue } from './queue.ts';
import type { Direction } from '../../protocol/trace.ts';

/** How deep the area is where the queue is longest, pixels. Down the page what it is is written in it. */
const areaDepth = (isAcross: boolean): number => (isAcross ? 26 : 44);

/** The room for it, and across the page for what it is, behind it. */
export const queueDepth = (isAcross: boolean): number => (isAcross ? 44 : 48);

interface Place {
  direction: Direction;
  /** The lane, and which way the end lies behind it. */
  s: number;
  away: 1 | -1;
}

/** An area for each time in which something waited. */
export function queueMarks(layout: Layout, { steps, most }: Queue, { direction, s, away }: Place): QueueMark[] {
  const deep = (bytes: number): number => s + away * (1 + (bytes / most) * areaDepth(layout.orientation === 'across'));
  const at = (t: number, place: number): Point => point(layout.orientation, t, place);
  const marks: QueueMark[] = [];
  let outline: Point[] = [];
  let last = 0;
  const end: [number, number] = [layout.time.end, 0];
  for (const [t, bytes] of [...levels(steps, layout.time), end]) {
    if (last > 0) outline.push(at(t, deep(last)));
    else outline = [at(t, s)];
    if (bytes > 0) outline.push(at(t, deep(bytes)));
    else if (last > 0) marks.push({ direction, outline: [...outline, at(t, s)] });
    last = bytes;
  }
  return marks;
}

/** What the queue is and how long it grew: where it was longest. */
export function queueTexts(layout: Layout, { most, mostAt }: Queue, { s, away, direction }: Place): TextMark[] {
  if (mostAt < layout.time.from || mostAt > layout.time.to) return [];
  const t = along(layout, mostAt);
  if (layout.orientation === 'down') {
    return [bytesText(most), 'wait'].map((text, row) => ({
      at: { x: s + away * 3, y: Math.min(t, layout.time.end - 14) + 4 + 13 * row },
      text,
      anchor: away > 0 ? 'start' : 'end',
      role: 'note',
    }));
  }
  const whose = direction === 'client-to-server' ? 'client' : 'server';
  const text = `up to ${bytesText(most)} wait in the ${whose}’s queue`;
  const half = textWidth(text, 'sans') / 2;
  const x = Math.max(layout.time.start + half, Math.min(t, layout.width - 4 - half));
  return [{ at: point('across', x, s + away * (areaDepth(true) + 10) + 4), text, anchor: 'middle', role: 'note' }];
}

/** `812 B`, `48.2 kB`, `5.00 MB`. */
export function bytesText(count: number): string {
  if (count < 1000) return `${count} B`;
  const [value, unit] = count < 999_500 ? [count / 1000, 'kB'] : [count / 1e6, 'MB'];
  return `${value.toFixed(value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2)} ${unit}`;
}
