/** Finds the Firefox and the WebKit of the browser tests, or installs Debian's. */
import { spawnSync } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { installDebianPackage } from './debian-package.ts';

/** The path of Debian's Firefox ESR; `FIREFOX` names another one. Undefined where there is none and none can be installed. */
export function ensureFirefox(): string | undefined {
  const find = (): string | undefined =>
    [process.env['FIREFOX'] ?? '', '/usr/bin/firefox-esr', '/usr/bin/firefox'].find((path) => path !== '' && existsSync(path));
  if (!find()) installDebianPackage('firefox-esr');
  return find() ?? missing('Firefox', 'firefox-esr');
}

/** The programs of WebKitGTK and a screen for it. Undefined where they are not there and cannot be installed. */
export function ensureWebKit(): { driver: string; miniBrowser: string } | undefined {
  const find = (): { driver: string; miniBrowser: string } | undefined => {
    const [miniBrowser] = globSync('/usr/lib/*/webkit2gtk-4.*/MiniBrowser').sort();
    const driver = '/usr/bin/WebKitWebDriver';
    const hasScreen = spawnSync('Xvfb', ['-help']).error === undefined;
    return miniBrowser && existsSync(driver) && hasScreen ? { driver, miniBrowser } : undefined;
  };
  if (!find()) for (const name of ['webkit2gtk-driver', 'xvfb']) installDebianPackage(name);
  return find() ?? missing('WebKit', 'webkit2gtk-driver xvfb');
}

function missing(engine: string, packages: string): undefined {
  console.warn(`${engine} is missing: its tests are skipped. Run "apt-get install ${packages}" as root to have them.`);
}
