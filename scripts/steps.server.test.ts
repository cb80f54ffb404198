import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { runSteps, type Step } from './steps.ts';

const folder = mkdtempSync(join(tmpdir(), 'duplex-steps-'));
afterAll(() => rmSync(folder, { recursive: true }));

function step(name: string, program: string): Step {
  const file = join(folder, `${name}.mjs`);
  writeFileSync(file, program);
  return { name, script: [file] };
}

test('prints a line when each step ends, and shows the output of both streams only if it fails', async () => {
  const lines: string[] = [];
  const steps = [
    step('good', 'console.log("nobody reads this");'),
    step('bad', 'console.log("what is wrong"); console.error("and where"); process.exitCode = 3;'),
    { ...step('counted', 'console.log("1\\n2");'), about: (output: string) => `${output.trim().split('\n').length} lines` },
  ];
  expect(await runSteps(steps, { atOnce: 1, say: (line) => void lines.push(line) })).toEqual(['bad']);
  expect(lines.map((line) => line.replace(/[\d.]+ s\b/, '… s'))).toEqual([
    ...['✓ good … s', '✗ bad … s', 'what is wrong\nand where', '✓ counted … s, 2 lines'],
  ]);
});

test('counts a program that cannot run as failed', async () => {
  const lines: string[] = [];
  expect(
    await runSteps([{ name: 'none', script: [join(folder, 'none.mjs')] }], { say: (line) => void lines.push(line) }),
  ).toEqual(['none']);
  expect(lines.join('\n')).toContain('Cannot find module');
});

test('runs steps side by side', async () => {
  // Each waits for the other: run one after the other, they would never end.
  const meet = (own: string, other: string): Step =>
    step(
      own,
      `import { existsSync, writeFileSync } from 'node:fs';
      writeFileSync(${JSON.stringify(join(folder, `${own}.there`))}, '');
      while (!existsSync(${JSON.stringify(join(folder, `${other}.there`))})) await new Promise((resolve) => setTimeout(resolve, 5));`,
    );
  expect(await runSteps([meet('a', 'b'), meet('b', 'a')], { atOnce: 2, say: () => undefined })).toEqual([]);
});

test('ends the programs and prints nothing more when it is aborted', async () => {
  const lines: string[] = [];
  const running = new AbortController();
  const ended = runSteps([step('endless', 'setInterval(() => {}, 1000);'), step('next', '')], {
    ...{ atOnce: 1, signal: running.signal, say: (line: string) => void lines.push(line) },
  });
  running.abort();
  await ended;
  expect(lines).toEqual([]);
});
