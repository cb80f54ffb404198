/** What the run's chance gives a program: `Math.random`, and numbers. */
import type { RandomBytes } from '../node-parts.ts';

/** Returns a number of [0, 1) with 53 random bits, as `Math.random` does. */
export function randomFraction(random: RandomBytes): number {
  const bytes = random(7);
  let bits = (bytes[0] ?? 0) & 0x1f;
  for (const byte of bytes.subarray(1)) bits = bits * 256 + byte;
  return bits / 2 ** 53;
}

/** Returns `Math` with a `random` of the run's seed. */
export function createMath(random: RandomBytes): typeof Math {
  const own = { ...Object.getOwnPropertyDescriptors(Math) };
  const seeded = Object.create(Object.prototype, own) as typeof Math;
  Object.defineProperty(seeded, 'random', { ...own.random, value: () => randomFraction(random) });
  return seeded;
}
