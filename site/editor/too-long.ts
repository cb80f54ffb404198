/**
 * How much code is coloured and numbered line by line: each line is an element, and so is each colour in it. More is shown plain, so
 * that no program that is opened or pasted, whatever is in it, holds the page up.
 */
const most = { characters: 50_000, lines: 2000 };

/** True where a text is shown plain. */
export function isTooLong(text: string): boolean {
  if (text.length > most.characters) return true;
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++;
  return lines > most.lines;
}
