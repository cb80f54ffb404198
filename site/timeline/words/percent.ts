/**
 * Returns a share as a whole percentage; `<1%` for anything above zero but below half a percent. The figures stand in narrow cells,
 * where `0%` would deny what the picture shows; prose has `wholePercent`.
 */
export function percent(share: number): string {
  return share > 0 && share < 0.005 ? '<1%' : `${Math.round(share * 100)}%`;
}
