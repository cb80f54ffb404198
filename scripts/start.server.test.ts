import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { BuildError, buildPages } from './build/astro-build.ts';
import { stages } from './build/build-stages.ts';
import { root } from './root.ts';

/** Runs `npm start` with these words until it ends or its output holds `enough`. */
async function start(words: string[], enough?: string): Promise<{ status: number | null; output: string }> {
  const child = spawn(process.execPath, ['scripts/start.ts', ...words], { cwd: root });
  const closed = once(child, 'close') as Promise<[number | null]>;
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (enough && output.includes(enough) && !child.killed) child.kill('SIGTERM');
    });
  }
  const [status] = await closed;
  return { status, output };
}

test('refuses a wrong option before it builds anything, and prints one sentence', async () => {
  expect(await start(['--port', 'abc'])).toEqual({
    status: 2,
    output: '--port is "abc"; it takes a whole number from 0 to 65535.\n',
  });
  expect((await start(['--prot', '1'])).output).toBe("Unknown option '--prot'. Run with --help for the list of options.\n");
});

test('prints the help without a build', async () => {
  const { status, output } = await start(['--help']);
  expect(status).toBe(0);
  expect(output).toContain('--port');
  expect(output).not.toMatch(/Building|Ready/);
});

test('refuses a port in use before it builds anything', async () => {
  const other = createServer().listen(0, 'localhost');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const { status, output } = await start(['--port', String(port)]);
  other.close();
  expect(status).toBe(1);
  expect(output).toBe(
    `Cannot listen: port ${port} of localhost is in use. Stop what uses it, or choose another: --port ${port + 1}\n`,
  );
});

test("serves a user's own site without building ours, and ends with the address and how long it took", async () => {
  const { status, output } = await start(['--port', '0', '--site', 'public'], '--help lists');
  expect(status).toBe(0);
  expect(output).toMatch(
    /^Duplex Playground: http:\/\/localhost:\d+\n(?: .*\n)*Ready after [\d.]+ m?s. Ctrl\+C ends it; --help lists the options.\n/,
  );
});

const says = (program: string): string[] => ['--input-type=module', '--eval', program];

test('a failed build throws an error with its whole output, from both streams', async () => {
  const failing = says(
    'console.log("12:00:00 [build] Building static entrypoints..."); console.error("Cannot read 1-4: no title"); process.exitCode = 3;',
  );
  const begun: number[] = [];
  const error = await buildPages({ begin: (part) => void begun.push(part), detail: () => undefined }, failing).catch(
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(BuildError);
  expect((error as BuildError).message).toBe('Cannot build the site: astro build ended with 3.');
  expect((error as BuildError).output.split('\n').sort()).toEqual([
    '12:00:00 [build] Building static entrypoints...',
    'Cannot read 1-4: no title',
  ]);
  expect(begun.map((part) => stages[part])).toEqual(['bundling what writes the pages']);
});

test('a successful build counts the pages that it writes', async () => {
  const details: string[] = [];
  const output = await buildPages(
    { begin: () => undefined, detail: (text) => void details.push(text) },
    says('console.log("  ├─ /404.html (+66ms)\\n  ├─ /index.html (+6ms)");'),
  );
  expect(details).toEqual(['1 so far', '2 so far']);
  expect(output).toContain('/index.html');
});

test('builds the site for production, although these tests have another NODE_ENV', async () => {
  const asked = { begin: () => undefined, detail: () => undefined };
  expect(process.env['NODE_ENV']).toBe('test');
  expect(await buildPages(asked, says('console.log(process.env.NODE_ENV)'))).toBe('production');
});
