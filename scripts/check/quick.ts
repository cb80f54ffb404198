/**
 * `npm run test:quick`: formatter, linter, spelling, types and the pure tests, quick enough for every save. It needs only what
 * npm installs. With `--watch`, it runs again whenever a file is saved.
 */
import { watch } from 'node:fs';
import { join } from 'node:path';
import { checks } from './checks.ts';
import { root } from '../root.ts';
import { runSteps } from '../steps.ts';
import { duration } from '../test/test-summary.ts';

/** Folders to watch, beside the files of the root. */
const folders = ['protocol', 'sandbox-server', 'in-page', 'site', 'content', 'lint', 'scripts', 'e2e', 'bench'];

const [unknown] = process.argv.slice(2).filter((word) => word !== '--watch');
if (unknown) {
  console.error(`npm run test:quick only takes --watch, not ${unknown}. To run some tests: npm test -- ${unknown}`);
  process.exit(2);
}

const steps = [
  {
    name: 'pure tests',
    script: ['scripts/test/test.ts', '--project', 'pure'],
    about: (output: string) => output.trimEnd().split('\n').at(-1) ?? '',
  },
  ...checks({ cached: true }),
];

/** Runs all steps and returns true if all passed. */
async function lane(signal?: AbortSignal): Promise<boolean> {
  const began = performance.now();
  const failed = await runSteps(steps, { signal });
  if (signal?.aborted) return false;
  const took = duration(performance.now() - began);
  console.log(failed.length > 0 ? `Failed in ${took}: ${failed.join(', ')}` : `All well in ${took}`);
  return failed.length === 0;
}

if (!process.argv.includes('--watch')) process.exitCode = (await lane()) ? 0 : 1;
else {
  let running = new AbortController();
  void lane(running.signal);
  /** Editors write a file in several steps: treat them all as one save. */
  let soon: NodeJS.Timeout | undefined;
  const saved = (file: string): void => {
    clearTimeout(soon);
    soon = setTimeout(() => {
      running.abort();
      running = new AbortController();
      console.log(`\n${file} was saved:`);
      void lane(running.signal);
    }, 100);
  };
  // Do not watch the whole project folder: what npm installs is ten times as much as all that anybody saves.
  for (const folder of folders) {
    watch(join(root, folder), { recursive: true }, (_, file) => {
      if (file && !/(^|[\\/])node_modules([\\/]|$)/.test(file)) saved(join(folder, file));
    });
  }
  watch(root, (_, file) => {
    if (file && /^[\w-]+[\w.-]*\.(ts|js|mjs|json|md)$/.test(file)) saved(file);
  });
}
