/**
 * Decides how much a thorough test (`*.thorough.test.ts`) does. In `npm run test:thorough` it does everything; in `npm test` it
 * does a sample, chosen anew each time by a seed. The seed is printed, and gives the same sample again.
 */
import { seededRandom } from '../../protocol/collections/seeded-random.ts';

/** True if thorough tests do everything. */
export const isWhole = process.env['THOROUGH'] === 'whole';

/** The seed that chooses the sample. vitest.config.ts sets it if nobody has. */
export const seed = Number(process.env['THOROUGH_SEED'] ?? 0);

/** Returns how much to do: `whole` if thorough tests do everything, else `sample`. */
export const lengthOf = ({ sample, whole }: { sample: number; whole: number }): number => (isWhole ? whole : sample);

/** Returns all of `cases`, or `count` of them chosen by the seed, in the order of the list. */
export function sampleOf<T>(cases: readonly T[], count: number, chosenBy = seed): readonly T[] {
  if (isWhole && chosenBy === seed) return cases;
  const next = seededRandom(chosenBy);
  const shuffled = cases.map((_, i) => ({ i, place: next() })).sort((a, b) => a.place - b.place);
  const chosen = new Set(shuffled.slice(0, count).map(({ i }) => i));
  return cases.filter((_, i) => chosen.has(i));
}

/** Returns seeds for random input: for the whole, all from 0 on; for a sample, a stretch of them where `seed` says. */
export function fuzzSeeds({ sample, whole }: { sample: number; whole: number }): number[] {
  const from = isWhole ? 0 : Math.floor(seededRandom(seed)() * (whole - sample));
  return Array.from({ length: lengthOf({ sample, whole }) }, (_, i) => from + i);
}
