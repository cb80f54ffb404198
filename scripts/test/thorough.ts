/**
 * How much a thorough test (`*.thorough.test.ts`) does. `npm run test:thorough` has it do all; in `npm test` it does a sample, chosen
 * anew each time by a seed, which is printed and with which the same sample can be had again.
 */

/** True where everything is to be done. */
export const isWhole = process.env['THOROUGH'] === 'whole';

/** Chooses the sample. vitest.config.ts sets it where nobody has. */
export const seed = Number(process.env['THOROUGH_SEED'] ?? 0);

/** One of two numbers: how much the sample does, and how much the whole. */
export const lengthOf = ({ sample, whole }: { sample: number; whole: number }): number => (isWhole ? whole : sample);

/** All of a list, or so many of it as chosen by the seed, in the order of the list. */
export function sampleOf<T>(cases: readonly T[], count: number, chosenBy = seed): readonly T[] {
  if (isWhole && chosenBy === seed) return cases;
  const next = random(chosenBy);
  const shuffled = cases.map((_, i) => ({ i, place: next() })).sort((a, b) => a.place - b.place);
  const chosen = new Set(shuffled.slice(0, count).map(({ i }) => i));
  return cases.filter((_, i) => chosen.has(i));
}

/** Seeds for random input: from 0 on for the whole, and for the sample as many as it takes, somewhere among those. */
export function fuzzSeeds({ sample, whole }: { sample: number; whole: number }): number[] {
  const from = isWhole ? 0 : Math.floor(random(seed)() * (whole - sample));
  return Array.from({ length: lengthOf({ sample, whole }) }, (_, i) => from + i);
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function random(from: number): () => number {
  let state = from;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
