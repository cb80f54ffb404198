/**
 * How much code is coloured and numbered line by line: each line is an element, and so is each colour in it. More is shown plain, so
 * that no program that is opened or pasted, whatever is in it, holds the page up.
 */
const most = { characters: 50_000, lines: 2000 };

/** True where a text is shown plain. */
export const isTooLong = (text: string): boolean => text.length > most.characters || lineCount(text) > most.lines;

/** How many lines a browser lays a text out in, none of them wrapped. */
export function lineCount(text: string): number {
  let lines = 1;
  for (const _ of text.matchAll(/\r\n?|[\n\u2028\u2029]/g)) lines++;
  return lines;
}
