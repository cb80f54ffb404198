/** Chooses which payloads to write beside their frames: short, and never over one another. */
import { shortName, shorten } from '../conversation/payload-preview.ts';
import type { FrameMark, Orientation, TextMark } from './marks.ts';
import { point } from './marks.ts';

/** Widths of the two faces at their sizes in the picture, CSS pixels per character; wide characters count twice. */
const monoWidth = 6.7;
const sansWidth = 6;

const wide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]|\p{Extended_Pictographic}/u;

const ascii = /^[ -~]*$/;

/** Returns about how wide a text will be, CSS pixels. */
export function textWidth(text: string, face: 'mono' | 'sans' = 'mono'): number {
  let characters = 0;
  if (ascii.test(text)) characters = text.length;
  else for (const character of text) characters += wide.test(character) ? 2 : 1;
  return characters * (face === 'mono' ? monoWidth : sansWidth);
}

/** Returns where a text begins and ends across the picture. */
export function extentOf({ at: { x }, text, anchor }: TextMark): [from: number, to: number] {
  const width = textWidth(text, 'sans');
  const from = anchor === 'start' ? x : anchor === 'end' ? x - width : x - width / 2;
  return [from, from + width];
}

/** Returns the text, cut to be no wider than `room` pixels. */
export function fit(text: string, room: number, face: 'mono' | 'sans' = 'mono'): string {
  let most = Math.floor(room / (face === 'mono' ? monoWidth : sansWidth));
  let cut = shorten(text, most);
  while (most > 1 && textWidth(cut, face) > room) cut = shorten(text, --most);
  return most > 0 ? cut : '';
}

const longest = 18;
/** Requests get more: they are named by method and address. */
const longestRequest = 30;
/** A label keeps at least this many characters, even if that leaves the next frames without one. */
const fewest = 10;
const rowStep = 14;

/** Returns what sets `text` apart from `before`, after an ellipsis, if they begin with the same words: `…2` of `client 2`. */
function remainder(text: string, before: string | undefined): string | undefined {
  if (before === undefined || before === text) return undefined;
  let same = 0;
  for (let i = 0; i < text.length && text[i] === before[i]; i++) if (text[i] === ' ') same = i + 1;
  return same > 0 ? `…${text.slice(same)}` : undefined;
}

/** Returns true for a request or a control frame: its first word already names it, as in `GET` or `ping`. */
function isNamed({ flight: { kind }, look }: FrameMark): boolean {
  return kind === 'request' || look === 'control';
}

const firstWord = ({ flight }: FrameMark): string => shortName(flight).split(' ', 1)[0] as string;

/**
 * Returns the label that fits in the room before the next frame: the whole of it, or what sets it apart from the frame before,
 * or its first word if that is a name, or its beginning.
 */
function inRoom(mark: FrameMark, before: FrameMark | undefined, room: number, most: number): string {
  const name = shortName(mark.flight);
  const text = shorten(name, mark.flight.kind === 'request' ? longestRequest : longest);
  if (textWidth(text) <= room) return text;
  const rest = remainder(name, before && shortName(before.flight));
  if (rest !== undefined && textWidth(rest) <= Math.max(room, 4 * monoWidth)) return rest;
  if (isNamed(mark) && room < fewest * monoWidth && textWidth(firstWord(mark)) <= room + 3) return firstWord(mark);
  return fit(text, Math.min(Math.max(room, fewest * monoWidth), most));
}

/** Returns a label's rows for time running down: one that is too long goes on in a second row if that is free. */
function inRows(name: string, room: number, isSecondFree: boolean): string[] {
  if (!isSecondFree || textWidth(name) <= room) return [fit(name, room)];
  const words = name.split(' ');
  let count = words.length;
  while (count > 0 && textWidth(words.slice(0, count).join(' ')) > room) count--;
  if (count === 0) return [fit(name, room)];
  return [words.slice(0, count).join(' '), fit(words.slice(count).join(' '), room)];
}

/** Returns where a frame begins to move, along the picture. */
const startAlong =
  (isAcross: boolean) =>
  ({ sent, departed = sent }: FrameMark): number =>
    isAcross ? departed.x : departed.y;

/** Returns the marks sorted by `at`: the same array if they are already in order, as they mostly are. */
function sortedBy(marks: readonly FrameMark[], at: (mark: FrameMark) => number): readonly FrameMark[] {
  for (let i = 1; i < marks.length; i++) {
    if (at(marks[i - 1] as FrameMark) > at(marks[i] as FrameMark)) return marks.toSorted((a, b) => at(a) - at(b));
  }
  return marks;
}

/** Returns the marks whose next one begins to move at least `least` pixels on, and all that are not data, which are rare. */
export function apartBy(least: number, marks: readonly FrameMark[], isAcross: boolean): FrameMark[] {
  const at = startAlong(isAcross);
  const inOrder = sortedBy(marks, at);
  const alone = new Set<FrameMark>();
  let next = Infinity;
  let nextButOne = Infinity;
  for (let i = inOrder.length - 1; i >= 0; i--) {
    const mark = inOrder[i] as FrameMark;
    const place = at(mark);
    // Marks that begin at the same place share the next place after it.
    if (place < next) [next, nextButOne] = [place, next];
    if (nextButOne - place >= least) alone.add(mark);
  }
  return marks.filter((mark) => mark.look !== 'data' || alone.has(mark));
}

/**
 * Returns labels for frames that leave one lane, placed where they begin to move: after a queue that is later than when they
 * were sent. `side` is -1 before the lane, 1 behind it; `room` is how far labels may reach from it, `beyond` what lies between;
 * `begin` and `end` are the picture's ends in the direction of time.
 */
export function payloadLabels(
  frames: readonly FrameMark[],
  orientation: Orientation,
  side: -1 | 1,
  room: number,
  [begin, end]: readonly [number, number],
  beyond = 0,
): TextMark[] {
  const across = orientation === 'across';
  const startOf = startAlong(across);
  const inOrder = sortedBy(frames, startOf);
  // Frames of several connections may be out of time order: then each frame has to be looked up.
  const places = inOrder === frames ? undefined : new Map(inOrder.map((mark, i) => [mark, i]));
  const texts: TextMark[] = [];
  const taken: [from: number, to: number][] = [];
  let latest = -Infinity;
  const take = (from: number, to: number): void => {
    taken.push([from, to]);
    latest = Math.max(latest, to);
  };
  // Most lie beyond everything taken, or in what was taken last.
  const isTaken = (from: number, to: number): boolean =>
    from < latest && taken.findLast(([first, last]) => from < last && to > first) !== undefined;
  // Frames come by connection, so the first connection's frames are named first.
  for (let at = 0; at < frames.length; at++) {
    const mark = frames[at] as FrameMark;
    const start = startOf(mark);
    if (start < begin - 0.5 || (across ? start + 2 * monoWidth > end : start > end)) continue;
    if (isTaken(start, start + 1) || !shortName(mark.flight)) continue;
    const i = places?.get(mark) ?? at;
    const next = inOrder[i + 1];
    const nextAt = next ? startOf(next) : end;
    if (across) {
      const most = Math.min(end, roomBefore(inOrder, i, startOf)) - start;
      let text = inRoom(mark, inOrder[i - 1], nextAt - start - 5, most);
      if (isTaken(start, start + textWidth(text))) text = isNamed(mark) ? firstWord(mark) : '';
      if (!text || isTaken(start, start + textWidth(text))) continue;
      texts.push({
        at: point(orientation, start, side < 0 ? mark.lane - 5 - beyond : mark.lane + 13 + beyond),
        text,
        anchor: 'start',
        role: 'payload',
      });
      take(start, start + textWidth(text) + 3);
    } else {
      const isSecondFree = nextAt >= start + 2 * rowStep && !isTaken(start, start + 2 * rowStep);
      const rows = inRows(shortName(mark.flight), room - 8, isSecondFree);
      if (isTaken(start, start + rows.length * rowStep)) continue;
      for (const [row, text] of rows.entries()) {
        texts.push({
          at: point(orientation, start + 4 + row * rowStep, mark.lane + (7 + beyond) * side),
          text,
          anchor: side < 0 ? 'end' : 'start',
          role: 'payload',
        });
      }
      take(start, start + rows.length * rowStep);
    }
  }
  return texts;
}

/** How many of the frames after one to look at when placing its label. */
const mostLookedAt = 100;

/** Returns where a label must end to leave room for a control frame soon after it: rare frames must not go unnamed. */
function roomBefore(frames: readonly FrameMark[], at: number, startOf: (mark: FrameMark) => number): number {
  const start = startOf(frames[at] as FrameMark);
  for (let i = at + 1; i < Math.min(frames.length, at + mostLookedAt); i++) {
    const mark = frames[i] as FrameMark;
    const from = startOf(mark);
    if (from > start + fewest * monoWidth + 5) break;
    if (mark.look === 'control' && from >= start + 4 * monoWidth + 5) return from - 5;
  }
  return Infinity;
}
