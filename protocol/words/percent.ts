/**
 * Returns a share as a whole percentage, such as `38 %`. Tables where a small share matters write it otherwise: the timeline's
 * `<1%` (`site/timeline/words/percent.ts`), and tenths where traces are compared (`site/trace/comparison.ts`).
 */
export const wholePercent = (share: number): string => `${Math.round(share * 100)} %`;
