/** Finds the Firefox and the WebKit of the browser tests. */
import { existsSync, globSync } from 'node:fs';

/** The programs of WebKitGTK. */
export interface WebKitPrograms {
  /** Its WebDriver. */
  driver: string;
  /** The browser that the WebDriver starts. */
  miniBrowser: string;
}

/** Returns the path of an installed Firefox, or undefined; `FIREFOX` names another one. */
export function findFirefox(): string | undefined {
  return [process.env['FIREFOX'] ?? '', '/usr/bin/firefox-esr', '/usr/bin/firefox'].find(
    (path) => path !== '' && existsSync(path),
  );
}

/** Returns WebKitGTK's programs if they are installed, and Xvfb to give them a virtual screen. */
export function findWebKit(): WebKitPrograms | undefined {
  const driver = '/usr/bin/WebKitWebDriver';
  const [miniBrowser] = globSync('/usr/lib/*/webkit2gtk-4.*/MiniBrowser').sort();
  return miniBrowser && existsSync(driver) && existsSync('/usr/bin/Xvfb') ? { driver, miniBrowser } : undefined;
}
