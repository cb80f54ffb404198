/**
 * Limits how much code is coloured and numbered line by line: each line is an element, and so is each colour in it. Longer code
 * is shown plain, so that no opened or pasted program holds up the page, whatever is in it.
 */
const most = { characters: 50_000, lines: 2000 };

/** Returns true if a text is shown plain. */
export const isTooLong = (text: string): boolean => text.length > most.characters || lineCount(text) > most.lines;

/** Returns how many lines a browser lays a text out in, without wrapping. */
export function lineCount(text: string): number {
  let lines = 1;
  for (const _ of text.matchAll(/\r\n?|[\n\u2028\u2029]/g)) lines++;
  return lines;
}
