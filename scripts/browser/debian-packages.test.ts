import { expect, test } from 'vitest';
import { ensureDebianPackages, type Machine } from './debian-packages.ts';

/** Returns a machine that has some packages and records what it is asked to do. */
function machineWith(installed: string[], about: Partial<Machine> = {}): Machine & { done: string[]; said: string[] } {
  const done: string[] = [];
  const said: string[] = [];
  return {
    ...{ isRoot: true, hasApt: true, done, said },
    run(command, words) {
      if (command === 'dpkg-query') {
        const isThere = installed.includes(words.at(-1) ?? '');
        return isThere ? { status: 0, output: 'install ok installed' } : { status: 1, output: 'no packages found' };
      }
      done.push([command, ...words].join(' '));
      return { status: 0, output: '' };
    },
    say: (line) => void said.push(line),
    ...about,
  };
}

test('installs and says nothing if all packages are there, whether or not the user is root', () => {
  for (const isRoot of [true, false]) {
    const machine = machineWith(['chromium', 'tshark'], { isRoot });
    expect(ensureDebianPackages(['chromium', 'tshark'], machine)).toBeUndefined();
    expect([machine.done, machine.said]).toEqual([[], []]);
  }
});

test('installs all missing packages in one go, and prints one line about it', () => {
  const machine = machineWith(['chromium']);
  expect(ensureDebianPackages(['chromium', 'tshark', 'xvfb'], machine)).toBeUndefined();
  expect(machine.done).toEqual(['apt-get update -qq', 'apt-get install -y -qq --no-install-recommends tshark xvfb']);
  expect(machine.said).toEqual(["Installing Debian's packages tshark, xvfb (once)…"]);
});

test('says what to do and runs nothing if the user is not root or the machine is not Debian', () => {
  const user = machineWith([], { isRoot: false });
  expect(ensureDebianPackages(['tshark'], user)).toBe('Run "apt-get install tshark" as root.');
  const elsewhere = machineWith([], { hasApt: false });
  expect(ensureDebianPackages(['tshark', 'xvfb'], elsewhere)).toBe(
    'This is no Debian: install what its packages tshark, xvfb hold.',
  );
  expect([...user.done, ...elsewhere.done]).toEqual([]);
});

test('returns the last lines of apt-get if it fails', () => {
  const failing = machineWith([]);
  const run = failing.run.bind(failing);
  failing.run = (command, words) =>
    words[0] === 'install' ? { status: 100, output: 'Reading…\nE: Unable to locate package tshark' } : run(command, words);
  expect(ensureDebianPackages(['tshark'], failing)).toBe(
    '"apt-get install tshark" failed: Reading… E: Unable to locate package tshark',
  );
});
