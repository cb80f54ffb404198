/** Measures how a function's work grows with its input: the ratio of processor time at two sizes. */

/** The larger size is this many times the smaller one. */
const times = 16;
/** A measurement takes at least this much processor time, ms: anything less is noise. */
const enough = 12;
const attempts = 3;

/** Prepares work on an input of `size`, to be run as often as needed. */
export type Work = (size: number) => () => unknown;

/** Between linear (with a logarithm) and quadratic: faster growth than this is a fault. */
export const linear = 1.5;

/**
 * Returns the power of the size with which the work grows: 1 if it is linear, 2 if it is quadratic. Work that seems to grow too
 * fast is measured again, and only its fastest runs count, so that the machine's other load matters little.
 */
export function growth(work: Work, size: number): number {
  const [small, large] = [work(size), work(times * size)];
  // The first run is slow: without this warm-up, the larger size would look fast.
  costOf(small);
  let [least, most] = [Infinity, Infinity];
  for (let attempt = 0; attempt < attempts; attempt++) {
    least = Math.min(least, costOf(small));
    most = Math.min(most, costOf(large));
    if (power(most / least) < linear) break;
  }
  return power(most / least);
}

const power = (ratio: number): number => Math.log(ratio) / Math.log(times);

/** Returns what one call costs, ms of processor time. */
function costOf(call: () => unknown): number {
  const began = process.threadCpuUsage();
  let calls = 0;
  for (;;) {
    call();
    calls++;
    const { user, system } = process.threadCpuUsage(began);
    const spent = (user + system) / 1000;
    if (spent >= enough) return spent / calls;
  }
}
