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

/** The path of an installed Chromium; `CHROMIUM` names another one. */
export function findChromium(): string | undefined {
  return [process.env['CHROMIUM'] ?? '', ...places].find((path) => path !== '' && existsSync(path));
}

/** What to do where there is none and none can be installed. */
export const chromiumElsewhere = 'Or set CHROMIUM to the path of a Chrome or Chromium.';

/** The path of a Chromium, installed first where there is none and Debian's package manager may be used. Throws where it cannot be had. */
export function ensureChromium(): string {
  const found = findChromium();
  if (found) return found;
  const refused = ensureDebianPackages(['chromium']);
  const installed = findChromium();
  if (installed) return installed;
  throw new Error(`Chromium is missing. ${refused ?? ''} ${chromiumElsewhere}`);
}
