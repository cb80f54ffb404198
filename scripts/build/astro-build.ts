/** Runs Astro's build of the pages and follows its progress. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { BuildStages, pageWritten } from './build-stages.ts';
import type { Progress } from './progress.ts';
import { root } from '../root.ts';

/** Thrown when the build fails. `message` says so, and `output` is everything the build printed. */
export class BuildError extends Error {
  override name = 'BuildError';
  readonly output: string;

  constructor(message: string, output: string) {
    super(message);
    this.output = output;
  }
}

// Node strips the types, and warns that this is experimental.
const astroBuild = ['--disable-warning=ExperimentalWarning', 'node_modules/astro/bin/astro.mjs', 'build'];

/** Builds the pages and returns the build's output. Throws a BuildError if it fails. */
export async function buildPages(
  progress: Pick<Progress, 'begin' | 'detail'>,
  script: readonly string[] = astroBuild,
): Promise<string> {
  const child = spawn(process.execPath, script, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    // Override our own NODE_ENV: tests would get development scripts, which are larger and name files of this machine.
    env: { ...process.env, NODE_ENV: 'production', ASTRO_TELEMETRY_DISABLED: '1' },
  });
  const build = new BuildStages();
  const lines: string[] = [];
  let pages = 0;
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line);
      const stage = build.begunBy(line);
      if (stage !== undefined) progress.begin(stage);
      if (pageWritten(line)) progress.detail(`${++pages} so far`);
    });
  }
  return await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status, signal) => {
      const output = lines.join('\n');
      if (status === 0) return resolve(output);
      reject(new BuildError(`Cannot build the site: astro build ended with ${String(status ?? signal)}.`, output));
    });
  });
}
