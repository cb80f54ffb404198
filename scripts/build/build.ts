/** `npm run build`: the static site in `dist/`. */
import { BuildError } from './astro-build.ts';
import { buildSite } from './site-build.ts';

try {
  await buildSite();
} catch (error) {
  if (!(error instanceof BuildError)) throw error;
  console.error(`${error.output}\n${error.message}`);
  process.exitCode = 1;
}
