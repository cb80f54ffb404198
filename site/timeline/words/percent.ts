/** A share as a whole percentage; what is there but below one half of a percent is not called nothing. */
export function percent(share: number): string {
  return share > 0 && share < 0.005 ? '<1%' : `${Math.round(share * 100)}%`;
}
