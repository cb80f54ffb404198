import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { root } from '../root.ts';

const folder = mkdtempSync(join(tmpdir(), 'duplex-ended-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Writes a small run like ours: a server for all tests, and a test that starts one more and then takes for ever. */
function writeRun(): string {
  const from = (path: string): string => JSON.stringify(join(root, path));
  writeFileSync(
    join(folder, 'setup.ts'),
    `import { startServer } from ${from('e2e/setup/server.ts')};
    export default async () => { const server = await startServer(); return () => server.stop(); };`,
  );
  writeFileSync(
    join(folder, 'endless.test.ts'),
    `import { test } from 'vitest';
    import { startProcess } from ${from('sandbox-server/testing/server-process.ts')};
    test('endless', async () => { await startProcess(); console.log('All is started'); await new Promise(() => undefined); });`,
  );
  const config = join(folder, 'vitest.config.mjs');
  writeFileSync(
    config,
    'export default { test: { globalSetup: ["./setup.ts"], include: ["*.test.ts"], testTimeout: 170_000, pool: "forks" } };',
  );
  return config;
}

/** Returns the ids of all that a process has started, and of what that has started. */
function startedBy(pid: number): number[] {
  const threads = readdirSync(`/proc/${pid}/task`);
  const children = threads.flatMap((thread) => readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' '));
  return children
    .filter(Boolean)
    .map(Number)
    .flatMap((child) => [child, ...startedBy(child)]);
}

/** Returns the command line of a process; an empty text if it has ended, even if nobody has noticed its end yet. */
function programOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

// Only Linux says so easily what a process has started.
test.runIf(process.platform === 'linux').each(['SIGTERM', 'SIGINT', 'SIGKILL'] as const)(
  'a run that is ended by %s leaves neither a server nor a worker behind',
  async (signal) => {
    const config = writeRun();
    // Drop what the outer Vitest tells its own workers, and what makes its children end with it: the run has to do that itself.
    const own = Object.entries(process.env).filter(([name]) => !/^(VITEST|TEST$|NODE_ENV|NODE_OPTIONS|THOROUGH)/.test(name));
    const words = ['--root', folder, '--config', config];
    const run = spawn(process.execPath, ['scripts/test/test.ts', ...words], { cwd: root, env: Object.fromEntries(own) });
    let output = '';
    await new Promise<void>((resolve, reject) => {
      for (const stream of [run.stdout, run.stderr]) {
        stream.on('data', (chunk: Buffer) => {
          output += chunk.toString();
          if (output.includes('All is started')) resolve();
        });
      }
      run.once('exit', () => reject(new Error(output)));
    });
    const started = startedBy(run.pid ?? 0);
    const programs = started.map(programOf);
    expect(programs.filter((program) => program.includes('sandbox-server/main.ts'))).toHaveLength(2);
    expect(programs.some((program) => program.includes('vitest'))).toBe(true);
    run.kill(signal);
    const left = (): number[] => started.filter((pid) => programOf(pid) !== '');
    // The worker notices first, and its server after that.
    const deadline = performance.now() + 30_000;
    while (left().length > 0 && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 50));
    const leftPrograms = left().map(programOf);
    for (const pid of left()) process.kill(pid, 'SIGKILL');
    expect(leftPrograms).toEqual([]);
  },
);
