/** Builds the site where what it is made of has changed since the last build. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compressFolder } from './compress.ts';
import { writePagePolicies } from './page-policies.ts';
import { root } from './root.ts';

const documents = ['CONTRIBUTING.md', 'bench/README.md', 'scripts/page-policies.ts'];
const inputs = ['astro.config.mjs', 'package-lock.json', 'protocol', 'sandbox-server', 'site', 'content', 'public', ...documents];
const stampFile = join(root, '.cache', 'site-build');

/** The folder that holds the built site. */
export const siteFolder = join(root, 'dist');

function* filesBelow(path: string): Generator<string> {
  if (!statSync(path).isDirectory()) yield path;
  else for (const name of readdirSync(path).sort()) yield* filesBelow(join(path, name));
}

/** A fingerprint of everything that the site is built from. */
function fingerprint(): string {
  const hash = createHash('sha256');
  for (const input of inputs.map((name) => join(root, name)).filter((path) => existsSync(path))) {
    for (const file of filesBelow(input)) {
      if (!file.includes('.test.')) hash.update(file.slice(root.length)).update(readFileSync(file));
    }
  }
  return hash.digest('hex');
}

/** Builds the site into `dist/`. Throws where the build fails; its own output says why. */
export function buildSite(): void {
  const stamp = fingerprint();
  const astro = join(root, 'node_modules', 'astro', 'bin', 'astro.mjs');
  const { status } = spawnSync(process.execPath, [astro, 'build'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' },
  });
  if (status !== 0) throw new Error(`Cannot build the site: astro build ended with ${String(status)}`);
  writePagePolicies(siteFolder);
  compressFolder(siteFolder);
  mkdirSync(join(root, '.cache'), { recursive: true });
  writeFileSync(stampFile, stamp);
}

/** Builds the site unless `dist/` was built from what is there now. */
export function buildSiteIfStale(): void {
  const stamp = existsSync(stampFile) && existsSync(join(siteFolder, 'index.html')) ? readFileSync(stampFile, 'utf8') : '';
  if (stamp !== fingerprint()) buildSite();
}

/** The paths of all pages of the built site, such as `/` and `/playground/`. */
export function pagesOf(): string[] {
  const files = [...filesBelow(siteFolder)].filter((file) => file.endsWith('index.html'));
  return files.map((file) => file.slice(siteFolder.length, -'index.html'.length).replaceAll('\\', '/'));
}
