/** What tests need that npm does not install, which tests need it, and how to get it. */
import { spawnSync } from 'node:child_process';
import { chromiumElsewhere, findChromium } from '../browser/chromium.ts';
import { ensureDebianPackages } from '../browser/debian-packages.ts';
import { findFirefox, findWebKit } from '../browser/engines.ts';

/** The parts of a test file that tell what it needs. */
export interface TestFile {
  project: string;
  text: string;
}

/** Something that tests need. */
export interface Need {
  name: string;
  /** The Debian packages that hold it. */
  packages: readonly string[];
  isFor(file: TestFile): boolean;
  isThere(): boolean;
  /** True if such files cannot be loaded without it; otherwise their tests skip themselves. */
  isForAll?: boolean;
  /** How else to get it. */
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

/** A need that could not be installed, and why. */
export interface Missing {
  need: Need;
  why: string;
}

/** Installs what these files need and lack, all at once, and nothing else. Returns what is still missing. */
export function provide(
  files: readonly TestFile[],
  all: readonly Need[] = needs,
  install: (packages: readonly string[]) => string | undefined = ensureDebianPackages,
): Missing[] {
  const wanted = all.filter((need) => files.some((file) => need.isFor(file)) && !need.isThere());
  if (wanted.length === 0) return [];
  const refused = install(wanted.flatMap(({ packages }) => packages)) ?? 'Its packages are installed, but it cannot be found.';
  return wanted
    .filter((need) => !need.isThere())
    .map((need) => ({ need, why: [`${need.name} is missing.`, refused, need.elsewhere ?? ''].join(' ').trim() }));
}
