/** A program's chance: the same numbers in each run of the same seed, and others for each program of the run. */
import { seededRandom } from '../../protocol/collections/seeded-random.ts';
import { nthSeed } from '../../protocol/wire/link-conditions.ts';

export interface Chance {
  /** Returns a number from 0 up to and without 1, as `Math.random` does. */
  number(): number;
  bytes(length: number): Uint8Array;
}

/** The links of a run take the first seeds of the run's seed, so programs take seeds from here on. */
const firstSeed = 1_000_000;

/** Returns two independent chances: the program's own, and that of its libraries, so that a mask key changes no `Math.random`. */
export function chancesOf(seed: number, program: number): { own: Chance; libraries: Chance } {
  return { own: chance(nthSeed(seed, firstSeed + 2 * program)), libraries: chance(nthSeed(seed, firstSeed + 2 * program + 1)) };
}

function chance(seed: number): Chance {
  const number = seededRandom(seed);
  return { number, bytes: (length) => Uint8Array.from({ length }, () => Math.floor(number() * 256)) };
}
