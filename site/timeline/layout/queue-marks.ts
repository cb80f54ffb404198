/** Draws a queue as an area behind its end's lane, as deep as there are bytes waiting. */
import { levels } from './downsample.ts';
import { textWidth } from './labels.ts';
import { along, point } from './marks.ts';
import type { Layout, QueueMark, TextMark } from './marks.ts';
import type { SendQueue } from '../conversation/send-queue.ts';
import type { Direction } from '../../../protocol/wire/direction.ts';

/** Returns how deep the area is where the queue is longest, pixels. When time runs down, its words stand inside it. */
const areaDepth = (isAcross: boolean): number => (isAcross ? 26 : 44);

/** Returns the room for the area, pixels, and, when time runs across, for the words behind it. */
export const queueDepth = (isAcross: boolean): number => (isAcross ? 44 : 48);

interface Place {
  direction: Direction;
  /** The lane, and on which side of it the end lies. */
  s: number;
  away: 1 | -1;
}

/** Returns an area for each stretch of time in which something waited. */
export function queueMarks(layout: Layout, { times, bytes: held, most }: SendQueue, { direction, s, away }: Place): QueueMark[] {
  const isAcross = layout.orientation === 'across';
  const perByte = areaDepth(isAcross) / most;
  const deep = (bytes: number): number => s + away * (1 + bytes * perByte);
  const marks: QueueMark[] = [];
  let outline: number[] = [];
  const add = (t: number, place: number): void => void (isAcross ? outline.push(t, place) : outline.push(place, t));
  const found = levels(times, held, layout.time);
  found.push(layout.time.end, 0);
  let last = 0;
  for (let i = 0; i < found.length; i += 2) {
    const [t, bytes] = [found[i] as number, found[i + 1] as number];
    if (last > 0) add(t, deep(last));
    else {
      outline = [];
      add(t, s);
    }
    if (bytes > 0) add(t, deep(bytes));
    else if (last > 0) {
      add(t, s);
      marks.push({ direction, outline });
    }
    last = bytes;
  }
  return marks;
}

/** Returns the words that say what the queue is and how long it grew, at the place where it was longest. */
export function queueTexts(layout: Layout, { most, mostAt }: SendQueue, { s, away, direction }: Place): TextMark[] {
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

/** `812 B`, `48.2 kB`, `5.00 MB`: to three digits, like the times beside it. A chart's axis and prose have `roundBytes`. */
export function bytesText(count: number): string {
  if (count < 1000) return `${count} B`;
  const [value, unit] = count < 999_500 ? [count / 1000, 'kB'] : [count / 1e6, 'MB'];
  return `${value.toFixed(value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2)} ${unit}`;
}
