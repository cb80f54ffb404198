/** Which payloads are written beside their frames: short, and never over one another. */
import { shortName, shorten } from './payload.ts';
import type { FrameMark, Orientation, TextMark } from './marks.ts';
import { point } from './marks.ts';

/** Widths of the two faces at their sizes in the picture, CSS pixels a character; wide characters count twice. */
const monoWidth = 6.7;
const sansWidth = 6.6;

const wide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]|\p{Extended_Pictographic}/u;

/** About how wide a text will be, CSS pixels. */
export function textWidth(text: string, face: 'mono' | 'sans' = 'mono'): number {
  let characters = 0;
  for (const character of text) characters += wide.test(character) ? 2 : 1;
  return characters * (face === 'mono' ? monoWidth : sansWidth);
}

/** Text cut so that it is no wider than `room` pixels. */
export function fit(text: string, room: number, face: 'mono' | 'sans' = 'mono'): string {
  let most = Math.floor(room / (face === 'mono' ? monoWidth : sansWidth));
  let cut = shorten(text, most);
  while (most > 1 && textWidth(cut, face) > room) cut = shorten(text, --most);
  return most > 0 ? cut : '';
}

const longest = 18;
/** A request is named by method and address. */
const longestRequest = 30;
/** A label keeps at least so many characters, even where that leaves the next frames without one. */
const fewest = 9;
const rowStep = 14;

/** What `text` has that `before` has not, after an ellipsis, where they begin with the same words: `…2` of `client 2`. */
function remainder(text: string, before: string | undefined): string | undefined {
  if (before === undefined || before === text) return undefined;
  let same = 0;
  for (let i = 0; i < text.length && text[i] === before[i]; i++) if (text[i] === ' ') same = i + 1;
  return same > 0 ? `…${text.slice(same)}` : undefined;
}

/** The label in the room that it has before the next frame: whole, or what sets it apart from the frame before, or its beginning. */
function inRoom(name: string, before: string | undefined, room: number, most: number, characters: number): string {
  const text = shorten(name, characters);
  if (textWidth(text) <= room) return text;
  const rest = remainder(name, before);
  if (rest !== undefined && textWidth(rest) <= Math.max(room, 4 * monoWidth)) return rest;
  return fit(text, Math.min(Math.max(room, fewest * monoWidth), most));
}

/**
 * Labels for frames that leave one lane, in the order of their sending. `side` is where they go: -1 before the lane,
 * 1 behind it; `room` is how far they may reach from it, `beyond` what lies between, `begin` and `end` are the picture's ends
 * in the direction of time.
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
  const starts = frames.map(({ sent }) => (across ? sent.x : sent.y));
  const texts: TextMark[] = [];
  let free = -Infinity;
  for (const [i, { flight, lane }] of frames.entries()) {
    const start = starts[i] as number;
    if (start < free || start < begin - 0.5 || (across ? start + 2 * monoWidth > end : start > end)) continue;
    const name = shortName(flight);
    if (!name) continue;
    if (across) {
      const before = frames[i - 1];
      const room = (starts[i + 1] ?? end) - start - 5;
      const characters = flight.kind === 'request' ? longestRequest : longest;
      const text = inRoom(name, before && shortName(before.flight), room, end - start, characters);
      texts.push({
        at: point(orientation, start, side < 0 ? lane - 5 - beyond : lane + 13 + beyond),
        text,
        anchor: 'start',
        role: 'payload',
      });
      free = start + textWidth(text) + 5;
    } else {
      const text = fit(name, room - 8);
      texts.push({
        at: point(orientation, start + 4, lane + (7 + beyond) * side),
        text,
        anchor: side < 0 ? 'end' : 'start',
        role: 'payload',
      });
      free = start + rowStep;
    }
  }
  return texts;
}
