/** Which lines of a text are not in another one: by the longest list of lines that both have in the same order. */

/** The list takes as many steps as there are pairs of lines. For more than so many, the order of the lines counts for nothing. */
const mostPairs = 1_000_000;

/** The numbers, from 1, of the lines of `text` that `other` does not have at their place. Space at a line's end counts for nothing. */
export function linesNotIn(other: string, text: string): Set<number> {
  const [a, b] = [other, text].map((one) => one.split('\n').map((line) => line.trimEnd())) as [string[], string[]];
  // Most of two versions of a program is alike: what stands before and behind the part that is not needs no search.
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let [aEnd, bEnd] = [a.length, b.length];
  while (aEnd > head && bEnd > head && a[aEnd - 1] === b[bEnd - 1]) [aEnd, bEnd] = [aEnd - 1, bEnd - 1];
  const [ownA, ownB] = [a.slice(head, aEnd), b.slice(head, bEnd)];
  const different = ownA.length * ownB.length > mostPairs ? absent(ownA, ownB) : outOfOrder(ownA, ownB);
  return new Set(different.map((at) => head + at + 1));
}

/** The places of the lines of `b` that are nowhere in `a`. */
function absent(a: readonly string[], b: readonly string[]): number[] {
  const known = new Set(a);
  return [...b.keys()].filter((at) => !known.has(b[at] as string));
}

/** The places of the lines of `b` that are not in the longest list that both have. */
function outOfOrder(a: readonly string[], b: readonly string[]): number[] {
  // common[i][j]: the length of that list for a from i on and b from j on.
  const common = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  const at = (i: number, j: number): number => common[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      (common[i] as number[])[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));

  const different: number[] = [];
  for (let i = 0, j = 0; j < b.length;) {
    if (i < a.length && a[i] === b[j]) {
      i++;
      j++;
    } else if (i < a.length && at(i + 1, j) >= at(i, j + 1)) i++;
    else different.push(j++);
  }
  return different;
}
