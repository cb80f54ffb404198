/** Cuts the pages' face out of the published Source Sans 3. `npm run font` writes it again. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import subsetFont from 'subset-font';
import { root } from '../root.ts';

/** The font file that the pages use. */
export const faceFile = join(root, 'site', 'assets', 'fonts', 'source-sans-3.woff2');

/** The characters that the pages use: ASCII, and others in lessons and names. */
export const characters = `${String.fromCharCode(...Array.from({ length: 95 }, (_, i) => 32 + i))}\u00a0§©°±·½×ßäèéöü–—‘’“”…↑↓−`;

/** The weights that the style sheets ask for. */
export const weights = { min: 400, max: 700 };

/** Returns the cut face as WOFF2. HarfBuzz keeps the variation tables within what browsers accept (fontTools 4.38 does not). */
export async function subsetFace(): Promise<Buffer> {
  const whole = createRequire(import.meta.url).resolve(
    '@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2',
  );
  return await subsetFont(readFileSync(whole), characters, {
    targetFormat: 'woff2',
    variationAxes: { wght: { ...weights, default: weights.min } },
    keepFeatures: ['ccmp', 'kern', 'liga', 'locl'],
    // Drop the base lines of other scripts.
    dropTables: ['BASE'],
  });
}
