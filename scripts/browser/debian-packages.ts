/** Installs Debian packages that tests need, if it can: as root, on Debian. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** The machine as this file uses it; a test passes another one. */
export interface Machine {
  isRoot: boolean;
  hasApt: boolean;
  /** Runs a program to its end. */
  run(command: string, words: readonly string[]): { status: number | null; output: string };
  /** Tells the user what is happening. */
  say(line: string): void;
}

const thisMachine: Machine = {
  isRoot: process.getuid?.() === 0,
  hasApt: existsSync('/usr/bin/apt-get'),
  run(command, words) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' };
    const { status, stdout, stderr } = spawnSync(command, words, { env, encoding: 'utf8', maxBuffer: 2 ** 28 });
    return { status, output: `${stdout ?? ''}${stderr ?? ''}`.trim() };
  },
  say: (line) => console.log(line),
};

/**
 * Installs the missing packages, all at once, and says nothing if none is missing. Returns a sentence that says why it cannot, or
 * what to do; undefined if all packages are there.
 */
export function ensureDebianPackages(names: readonly string[], machine: Machine = thisMachine): string | undefined {
  if (!machine.hasApt) return `This is no Debian: install what its packages ${names.join(', ')} hold.`;
  const missing = names.filter((name) => {
    const { status, output } = machine.run('dpkg-query', ['-W', '-f=${Status}', name]);
    return status !== 0 || output !== 'install ok installed';
  });
  if (missing.length === 0) return undefined;
  const command = `apt-get install ${missing.join(' ')}`;
  if (!machine.isRoot) return `Run "${command}" as root.`;
  machine.say(`Installing ${missing.length === 1 ? "Debian's package" : "Debian's packages"} ${missing.join(', ')} (once)…`);
  // Ignore a failed update: the old list of packages may do.
  machine.run('apt-get', ['update', '-qq']);
  const { status, output } = machine.run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing]);
  if (status === 0) return undefined;
  return `"${command}" failed: ${output.split('\n').slice(-3).join(' ')}`;
}
