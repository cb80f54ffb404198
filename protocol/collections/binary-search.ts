/** Binary search. */

/**
 * Returns the first index from 0 to length - 1 for which `holds` is true, or `length` if there is none. Once true, `holds` must
 * stay true.
 */
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
