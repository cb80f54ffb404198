/** How the work of a function grows with what it is given: measured in the processor's time, as a ratio of two sizes. */

/** The greater size is so many times the smaller one. */
const times = 16;
/** A measurement takes so much of the processor's time or more, ms: below it is noise. */
const enough = 12;
const attempts = 3;

/** Work on an input of `size`, ready to be done: as often as is asked for. */
export type Work = (size: number) => () => unknown;

/** Between linear (with a logarithm) and quadratic: what grows faster than this is a fault. */
export const linear = 1.5;

/**
 * The power of the size with which the work grows: 1 where it is linear, 2 where it is quadratic. One that seems to grow too fast is
 * measured again, and its fastest runs count, so that what else the machine does changes little.
 */
export function growth(work: Work, size: number): number {
  const [small, large] = [work(size), work(times * size)];
  // What runs for the first time is slow: that would make the larger one look fast.
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

/** What one call costs, ms of the processor's time. */
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
