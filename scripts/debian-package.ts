/** Installs Debian packages that the tests need, where that may be done. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Installs a package where this is Debian and we are root; elsewhere does nothing. What went wrong is printed. */
export function installDebianPackage(name: string): void {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
  console.log(`Installing Debian's package ${name} (once)…`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const command of [['update'], ['install', '-y', '--no-install-recommends', name]]) {
    const { status, stdout, stderr } = spawnSync('apt-get', command, { env, encoding: 'utf8' });
    if (status !== 0) console.error(`${stdout}\n${stderr}`);
  }
}
