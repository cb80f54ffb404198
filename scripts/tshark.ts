/** Finds tshark, Wireshark's reader for terminals, or installs Debian's: tests compare with it what the inspector shows and what is exported. */
import { spawnSync } from 'node:child_process';
import { installDebianPackage } from './debian-package.ts';

const isThere = (): boolean => spawnSync('tshark', ['--version']).status === 0;

/** Installs tshark where it is missing and may be installed. Without it the tests that compare with it are skipped, and this says so. */
export function ensureTshark(): void {
  if (isThere()) return;
  installDebianPackage('tshark');
  if (isThere()) return;
  console.warn('tshark is missing: tests that compare with it are skipped. Run "apt-get install tshark" as root to have them.');
}
