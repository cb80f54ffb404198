/** A queue as an area behind its end's lane: as deep as bytes wait. */
import { levels } from './density.ts';
import { textWidth } from './labels.ts';
import { along, point } from './marks.ts';
import type { Layout, Point, QueueMark, TextMark } from './marks.ts';
import type { Queue } from './queue.ts';
import type { Direction } from '../../protocol/trace.ts';

/** How deep the area is where the queue is longest, pixels. */
export const queueDepth = (isAcross: boolean): number => (isAcross ? 30 : 22);

interface Place {
  direction: Direction;
  /** The lane, and which way the end lies behind it. */
  s: number;
  away: 1 | -1;
}

/** An area for each time in which something waited. */
export function queueMarks(layout: Layout, { steps, most }: Queue, { direction, s, away }: Place): QueueMark[] {
  const deep = (bytes: number): number => s + away * (1 + (bytes / most) * (queueDepth(layout.orientation === 'across') - 4));
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

/** What the queue is and how long it grew: beside its longest. */
export function queueText(layout: Layout, { most, mostAt }: Queue, { s, away, direction }: Place): TextMark | undefined {
  if (mostAt < layout.time.from || mostAt > layout.time.to || layout.orientation === 'down') return undefined;
  const whose = direction === 'client-to-server' ? 'client' : 'server';
  const text = `up to ${bytesText(most)} wait in the ${whose}’s queue`;
  const t = along(layout, mostAt);
  const fits = t + textWidth(text, 'sans') + 4 < layout.width;
  const at = point('across', fits ? t + 4 : t - 4, s + away * (queueDepth(true) / 2) + 4);
  return { at, text, anchor: fits ? 'start' : 'end', role: 'note' };
}

/** `812 B`, `48.2 kB`, `5.00 MB`. */
export function bytesText(count: number): string {
  if (count < 1000) return `${count} B`;
  const [value, unit] = count < 999_500 ? [count / 1000, 'kB'] : [count / 1e6, 'MB'];
  return `${value.toFixed(value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2)} ${unit}`;
}
