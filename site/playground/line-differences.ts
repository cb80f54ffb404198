/** Which lines of a text are not in another one: by the longest list of lines that both have in the same order. */

/** The numbers, from 1, of the lines of `text` that `other` does not have at their place. Space at a line's end counts for nothing. */
export function linesNotIn(other: string, text: string): Set<number> {
  const [a, b] = [other, text].map((one) => one.split('\n').map((line) => line.trimEnd())) as [string[], string[]];
  // common[i][j]: the length of that list for a from i on and b from j on.
  const common = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  const at = (i: number, j: number): number => common[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      (common[i] as number[])[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));

  const different = new Set<number>();
  for (let i = 0, j = 0; j < b.length;) {
    if (i < a.length && a[i] === b[j]) {
      i++;
      j++;
    } else if (i < a.length && at(i + 1, j) >= at(i, j + 1)) i++;
    else different.add(++j);
  }
  return different;
}
