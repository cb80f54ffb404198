/** Finds a Chromium for the browser tests and for recording, or installs Debian's. */
import { existsSync } from 'node:fs';
import { ensureDebianPackages } from './debian-packages.ts';

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** Returns the path of an installed Chromium, or undefined; `CHROMIUM` names another one. */
export function findChromium(): string | undefined {
  return [process.env['CHROMIUM'] ?? '', ...places].find((path) => path !== '' && existsSync(path));
}

/** What to do if there is none and none can be installed. */
export const chromiumElsewhere = 'Or set CHROMIUM to the path of a Chrome or Chromium.';

/** Returns the path of a Chromium, and first installs Debian's if there is none. Throws if it cannot. */
export function ensureChromium(): string {
  const found = findChromium();
  if (found) return found;
  const refused = ensureDebianPackages(['chromium']);
  const installed = findChromium();
  if (installed) return installed;
  throw new Error(`Chromium is missing. ${refused ?? ''} ${chromiumElsewhere}`);
}
