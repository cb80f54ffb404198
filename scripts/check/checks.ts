/** The checks of `npm run check`: formatter, linter with the import rules, spelling, commit subjects and types. The longest come first. */
import type { Step } from '../steps.ts';

const modules = 'node_modules';

/** Returns the checks. `cached` makes them faster, but they may miss what a change broke in an unchanged file. */
export function checks({ cached }: { cached: boolean }): Step[] {
  const cache = (...words: string[]): string[] => (cached ? words : []);
  const tsc = (folder: string): string[] => [
    ...[`${modules}/typescript/bin/tsc`, '-p', folder],
    ...cache('--incremental', '--tsBuildInfoFile', `.cache/tsc/${folder.replaceAll('/', '-')}.json`),
  ];
  return [
    {
      name: 'linter',
      script: [`${modules}/eslint/bin/eslint.js`, ...cache('--cache', '--cache-location', '.cache/eslint/'), '.'],
    },
    { name: 'types of the site and all else', script: [`${modules}/astro/bin/astro.mjs`, 'check'] },
    {
      name: 'formatter',
      script: [
        `${modules}/prettier/bin/prettier.cjs`,
        '--check',
        ...cache('--cache', '--cache-location', '.cache/prettier'),
        '.',
      ],
    },
    { name: 'types of protocol, with neither DOM nor Node', script: tsc('protocol') },
    { name: 'types of endpoints, without Node', script: tsc('sandbox-server/endpoints') },
    { name: 'spelling', script: ['scripts/check/spelling.ts'] },
    { name: 'commit subjects', script: ['scripts/check/commit-subjects.ts'] },
  ];
}
