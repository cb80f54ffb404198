/** Finds a Chromium for the browser tests and for recording, or installs Debian's. */
import { existsSync } from 'node:fs';
import { installDebianPackage } from './debian-package.ts';

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

/** The path of a Chromium, installed first where there is none and Debian's package manager may be used. Throws where it cannot be had. */
export function ensureChromium(): string {
  const found = findChromium();
  if (found) return found;
  installDebianPackage('chromium');
  const installed = findChromium();
  if (installed) return installed;
  throw new Error(
    'The browser tests need Chromium: run "apt-get install chromium" as root, or set CHROMIUM to the path of a Chrome or Chromium.',
  );
}
