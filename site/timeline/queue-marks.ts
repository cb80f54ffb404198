/** A queue as an area behind its end's lane: as deep as bytes wait. */
import { lowerBound } from './conversation.ts';
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
  const { from, to } = layout.time;
  const deep = (bytes: number): number => s + away * (1 + (bytes / most) * (queueDepth(layout.orientation === 'across') - 4));
  const marks: QueueMark[] = [];
  let outline: Point[] = [];
  let last = 0;
  let lastAt = -Infinity;
  const change = (t: number, bytes: number): void => {
    if (last === 0 && bytes > 0) outline = [point(layout.orientation, t, s)];
    // Of changes within one pixel the last is drawn: no more lines than pixels.
    else if (last > 0 && bytes > 0 && t - lastAt < 1) outline.pop();
    else if (last > 0) outline.push(point(layout.orientation, t, deep(last)));
    if (bytes > 0) outline.push(point(layout.orientation, t, deep(bytes)));
    else if (last > 0) marks.push({ direction, outline: [...outline, point(layout.orientation, t, s)] });
    last = bytes;
    lastAt = t;
  };
  const first = Math.max(0, lowerBound(steps.length, (i) => (steps[i] as [number, number])[0] > from) - 1);
  for (let i = first; i < steps.length; i++) {
    const [time, bytes] = steps[i] as [number, number];
    if (time > to) break;
    change(along(layout, Math.max(time, from)), bytes);
  }
  if (last > 0) change(along(layout, to), 0);
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
