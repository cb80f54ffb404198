/** Builds the site if its sources have changed since the last build. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildPages } from './astro-build.ts';
import { compressing, stages, warningsIn } from './build-stages.ts';
import { compressFolder } from './compress.ts';
import { filesBelow, fingerprintOf } from './fingerprint.ts';
import { writePagePolicies } from './page-policies.ts';
import { Progress } from './progress.ts';
import { root } from '../root.ts';
import { writeSearchIndex } from './search-index.ts';

const documents = ['CONTRIBUTING.md', 'bench/README.md'];
const ofTheBuild = ['astro-build', 'page-policies', 'search-index'].map((name) => `scripts/build/${name}.ts`);
const inputs = [
  'astro.config.mjs',
  'package-lock.json',
  'protocol',
  'sandbox-server',
  'site',
  'content',
  'public',
  ...documents,
  ...ofTheBuild,
  'scripts/diagrams',
];
const stampFile = join(root, '.cache', 'site-build');

/** The folder that holds the built site. */
export const siteFolder = join(root, 'dist');

/** Returns a fingerprint of everything that the site is built from. */
const fingerprint = (): string => fingerprintOf(root, inputs, process.env['SITE_URL'] ?? '');

/** Builds the site into `dist/` and shows its progress. Throws a BuildError if the build fails. */
export async function buildSite(): Promise<void> {
  const stamp = fingerprint();
  // Remove the stamp first: an interrupted build leaves an incomplete site, whatever was there before.
  rmSync(stampFile, { force: true });
  const progress = new Progress('Building the site', stages);
  progress.begin(0);
  const output = await buildPages(progress).catch((error: unknown) => {
    progress.drop();
    throw error;
  });
  await writeSearchIndex(siteFolder);
  writePagePolicies(siteFolder);
  progress.begin(compressing);
  await compressFolder(siteFolder, (done, all) => progress.detail(`${done} of ${all} files`));
  mkdirSync(join(root, '.cache'), { recursive: true });
  writeFileSync(stampFile, stamp);
  progress.end('The site is built');
  for (const warning of warningsIn(output)) console.warn(warning);
}

/** Returns true if `dist/` was not built from the current sources. */
export function isSiteStale(): boolean {
  const stamp = existsSync(stampFile) && existsSync(join(siteFolder, 'index.html')) ? readFileSync(stampFile, 'utf8') : '';
  return stamp !== fingerprint();
}

/** Builds the site unless `dist/` was built from the current sources. */
export async function buildSiteIfStale(): Promise<void> {
  if (isSiteStale()) await buildSite();
}

/** Returns the paths of all pages of the built site, such as `/` and `/playground/`. */
export function pagesOf(): string[] {
  const files = [...filesBelow(siteFolder)].filter((file) => file.endsWith('index.html'));
  return files.map((file) => file.slice(siteFolder.length, -'index.html'.length).replaceAll('\\', '/'));
}
