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

export function queueMark(layout: Layout, { steps, most }: Queue, { direction, s, away }: Place): QueueMark | undefined {
  const { from, to } = layout.time;
  const isAcross = layout.orientation === 'across';
  const deep = (bytes: number): number => s + away * (1 + (bytes / most) * (queueDepth(isAcross) - 4));
  const first = Math.max(0, lowerBound(steps.length, (i) => (steps[i] as [number, number])[0] > from) - 1);
  const outline: Point[] = [];
  let last = deep(0);
  let lastAt = -Infinity;
  let isSeen = false;
  for (let i = first; i < steps.length; i++) {
    const [time, bytes] = steps[i] as [number, number];
    if (time > to) break;
    const t = along(layout, Math.max(time, from));
    // Of changes within one pixel the last is drawn, and no more lines than pixels.
    const before = outline.length > 1 ? outline.at(-1) : undefined;
    if (before && t - lastAt < 1) {
      before[isAcross ? 'x' : 'y'] = t;
      before[isAcross ? 'y' : 'x'] = deep(bytes);
    } else outline.push(point(layout.orientation, t, last), point(layout.orientation, t, deep(bytes)));
    last = deep(bytes);
    lastAt = t;
    isSeen ||= bytes > 0;
  }
  if (!isSeen) return undefined;
  const end = along(layout, to);
  outline.push(point(layout.orientation, end, last), point(layout.orientation, end, s));
  const [begin] = outline as [{ x: number; y: number }];
  const start = isAcross ? begin.x : begin.y;
  return { direction, outline: [point(layout.orientation, start, s), ...outline] };
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
