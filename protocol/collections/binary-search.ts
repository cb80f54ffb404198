/** Binary search. */

/** The first of 0 … length - 1 for which `holds` is true, given that it stays true from there on; else `length`. */
export function lowerBound(length: number, holds: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
