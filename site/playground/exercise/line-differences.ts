/** Finds the lines of a text that another text lacks, using the longest list of lines that both have in the same order. */

/** Finding the list takes one step per pair of lines. Above this many pairs, the order of the lines is ignored. */
const mostPairs = 1_000_000;

/** Returns the numbers, from 1, of the lines of `text` that `other` does not have in place. Ignores space at line ends. */
export function linesNotIn(other: string, text: string): Set<number> {
  const [a, b] = [other, text].map((one) => one.split('\n').map((line) => line.trimEnd())) as [string[], string[]];
  // Two versions of a program are mostly alike, so skip the common beginning and end.
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let [aEnd, bEnd] = [a.length, b.length];
  while (aEnd > head && bEnd > head && a[aEnd - 1] === b[bEnd - 1]) [aEnd, bEnd] = [aEnd - 1, bEnd - 1];
  const [ownA, ownB] = [a.slice(head, aEnd), b.slice(head, bEnd)];
  const different = ownA.length * ownB.length > mostPairs ? absent(ownA, ownB) : outOfOrder(ownA, ownB);
  return new Set(different.map((at) => head + at + 1));
}

/** Returns the indices of the lines of `b` that `a` does not have anywhere. */
function absent(a: readonly string[], b: readonly string[]): number[] {
  const known = new Set(a);
  return [...b.keys()].filter((at) => !known.has(b[at] as string));
}

/** Returns the indices of the lines of `b` that are not in the longest common list. */
function outOfOrder(a: readonly string[], b: readonly string[]): number[] {
  // common[i][j] is the length of that list for `a` from i and `b` from j.
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
