import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { root } from '../scripts/root.ts';
import { isSiteStale } from '../scripts/build/site-build.ts';

test('a start with nothing changed builds nothing, warns of nothing, and serves the lessons', async () => {
  // A stale site would be rebuilt under the other tests. If it is stale, something has changed its sources since they began.
  expect(isSiteStale()).toBe(false);
  const child = spawn(process.execPath, ['scripts/start.ts', '--port', '0'], { cwd: root });
  onTestFinished(() => void child.kill());
  const closed = once(child, 'close');
  let output = '';
  const read = (text: string): void => void (output += text);
  child.stdout.setEncoding('utf8').on('data', read);
  child.stderr.setEncoding('utf8').on('data', read);
  await expect.poll(() => output).toContain('--help lists');
  const origin = /http:\/\/localhost:\d+/.exec(output)?.[0] ?? '';
  expect(await (await fetch(`${origin}/1-4-full-duplex/`)).text()).toContain('id="the-exact-rule"');
  child.kill('SIGTERM');
  await closed;
  // The server indents what it says of itself below its address.
  expect(output.split('\n').filter((line) => line !== '' && !line.startsWith('  '))).toEqual([
    `Duplex Playground: ${origin}`,
    expect.stringMatching(/^Ready after /),
    'Shutting down. Interrupt again to stop at once.',
  ]);
});
