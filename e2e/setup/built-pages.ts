/** The pages of the built site, as they are on disk. */
import { readdirSync } from 'node:fs';
import { siteFolder } from '../../scripts/site-build.ts';

/** Their addresses, such as `/` and `/1-4-full-duplex/`; without the page for addresses that lead nowhere. */
export function builtPages(): string[] {
  return readdirSync(siteFolder, { recursive: true, encoding: 'utf8' })
    .map((file) => `/${file.replaceAll('\\', '/')}`)
    .filter((file) => file.endsWith('/index.html'))
    .map((file) => file.slice(0, -'index.html'.length))
    .sort();
}

/** Those that are lessons. */
export function builtLessons(): string[] {
  return builtPages().filter((page) => /^\/\d-\d+-/.test(page));
}
