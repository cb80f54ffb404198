/** What tests need that npm does not bring, which of them need it, and how it is had. */
import { spawnSync } from 'node:child_process';
import { chromiumElsewhere, findChromium } from '../browser/chromium.ts';
import { ensureDebianPackages } from '../browser/debian-packages.ts';
import { findFirefox, findWebKit } from '../browser/engines.ts';

/** A file of tests, as far as it says what it needs. */
export interface TestFile {
  project: string;
  text: string;
}

/** Something that tests need. */
export interface Need {
  name: string;
  /** Debian's packages that hold it. */
  packages: readonly string[];
  isFor(file: TestFile): boolean;
  isThere(): boolean;
  /** Without it such files cannot be loaded; else their tests are skipped by themselves. */
  isForAll?: boolean;
  /** How else it can be had. */
  elsewhere?: string;
}

export const needs: readonly Need[] = [
  {
    name: 'Chromium',
    packages: ['chromium'],
    isFor: ({ project }) => project === 'browser' || project === 'thorough-browser',
    isThere: () => findChromium() !== undefined,
    isForAll: true,
    elsewhere: chromiumElsewhere,
  },
  {
    name: 'Firefox',
    packages: ['firefox-esr'],
    isFor: ({ project }) => project === 'engines',
    isThere: () => findFirefox() !== undefined,
    elsewhere: 'Or set FIREFOX to the path of a Firefox.',
  },
  {
    name: 'WebKit',
    packages: ['webkit2gtk-driver', 'xvfb'],
    isFor: ({ project }) => project === 'engines',
    isThere: () => findWebKit() !== undefined,
  },
  {
    name: 'tshark',
    packages: ['tshark'],
    isFor: ({ text }) => text.includes('tshark-for-tests'),
    isThere: () => spawnSync('tshark', ['--version']).status === 0,
  },
];

/** What could not be had, and why. */
export interface Missing {
  need: Need;
  why: string;
}

/** Installs what these files need and is missing, all at once; returns what could not be had. Asks for nothing that they do not need. */
export function provide(
  files: readonly TestFile[],
  all: readonly Need[] = needs,
  install: (packages: readonly string[]) => string | undefined = ensureDebianPackages,
): Missing[] {
  const wanted = all.filter((need) => files.some((file) => need.isFor(file)) && !need.isThere());
  if (wanted.length === 0) return [];
  const refused = install(wanted.flatMap(({ packages }) => packages)) ?? 'Its packages are installed, and it is not found.';
  return wanted
    .filter((need) => !need.isThere())
    .map((need) => ({ need, why: [`${need.name} is missing.`, refused, need.elsewhere ?? ''].join(' ').trim() }));
}
