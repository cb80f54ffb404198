/** A verdict belongs to the program and the run that are shown, and goes when they do. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright';
import { expect, test } from 'vitest';
import { root } from '../scripts/root.ts';
import { axeViolations } from './setup/axe.ts';
import { openPage, origin, type PlaygroundParts, playgroundOf } from './setup/browser.ts';
import { browserForFile, newPage, page, wide } from './setup/pages.ts';
import { runToRest } from './setup/run.ts';
import { startServer } from './setup/server.ts';

browserForFile();

const example = '3-8-closing/with-a-reason';
const solution = readFileSync(join(root, 'content', example, 'solution.ts'), 'utf8');
/** Stays open until it is stopped. */
const endless = "const ws = new WebSocket('/echo');\nws.onopen = () => console.log('open');\n";

interface Exercise extends PlaygroundParts {
  editor: Locator;
  check: Locator;
  verdict: Locator;
}

async function open(at = origin()): Promise<Exercise> {
  await newPage(wide);
  await page.route(/monaco|editor\.api/i, (route) => route.abort());
  await openPage(page, `${at}/3-8-closing/`);
  const parts = playgroundOf(page, page.locator(`[data-example="${example}"]`));
  return {
    ...parts,
    editor: parts.region.getByRole('textbox', { name: 'client.ts, editor' }),
    check: parts.region.getByRole('button', { name: /^Check/ }),
    verdict: parts.region.locator('.pg-verdict'),
  };
}
const says = (verdict: Locator, words: string | RegExp): Promise<void> => verdict.filter({ hasText: words }).waitFor();

test('if nothing has run, Check runs the program, waits for its end, and judges it', async () => {
  const { check, verdict, state, console: log } = await open();
  await check.click();
  await says(verdict, /^Not yet\. .{40}/);
  expect(await state.innerText()).toBe('Finished');
  expect(await log.innerText()).toContain('told: 1005');
});

test('an edit withdraws a verdict, aloud too; Check then runs and judges the new code', async () => {
  const { check, verdict, editor, run } = await open();
  await run.click();
  await check.click();
  await says(verdict, /^Not yet\./);
  await editor.fill(solution);
  await says(verdict, /^Changed since it was checked\.$/);
  expect(await verdict.getAttribute('role')).toBe('status');
  expect(await verdict.getAttribute('data-passed')).toBeNull();
  await check.click();
  await says(verdict, /^Passed\./);
});

test('Check waits for the end of a run and the button says so; Stop calls it off', async () => {
  const { check, verdict, editor, run, stop, console: log } = await open();
  // Three ticks, far enough apart for the run to outlast the checks below.
  await editor.fill((await editor.inputValue()).replace('every=200', 'every=1000'));
  await run.click();
  await check.click();
  await expect.poll(() => check.innerText()).toBe('Checking when the run ends…');
  expect(await check.getAttribute('aria-disabled')).toBe('true');
  await says(verdict, /^Not yet\. Your Close frame had an empty body/);
  expect(await check.innerText()).toBe('Check');

  await editor.fill(endless);
  await check.click();
  await log.getByText('open').waitFor();
  expect(await check.innerText()).toBe('Checking when the run ends…');
  expect(await axeViolations(page)).toEqual([]);
  await stop.click();
  await says(verdict, /^Stopped before it had ended\./);
  await check.click();
  await says(verdict, /^Not yet\. The connection is still open\./);
});

test('"Passed" does not stay beside a run that fails', async () => {
  const { check, verdict, editor, ...parts } = await open();
  await editor.fill(solution);
  await check.click();
  await says(verdict, /^Passed\./);
  await editor.fill(solution.replace('4001', '4002'));
  const running = runToRest(page, parts);
  await says(verdict, /^Changed since it was checked\.$/);
  await running;
  await check.click();
  await says(verdict, /^Not yet\. Your Close frame carried 4002/);
  await parts.run.click();
  await says(verdict, /^This run has not been checked\.$/);
});

test('a changed link withdraws the verdict; once the link is put back, Check judges the same run again', async () => {
  const { check, verdict, editor, latency, run } = await open();
  await editor.fill(solution);
  await check.click();
  await says(verdict, /^Passed\./);
  const was = await latency.inputValue();
  await latency.fill('100');
  await says(verdict, /^Changed since it was checked\.$/);
  await latency.fill(was);
  const frames = page.locator(`[data-example="${example}"] .pg-count`);
  const before = await frames.innerText();
  await check.click();
  await says(verdict, /^Passed\./);
  expect(await frames.innerText()).toBe(before);
  // A latency set during a run belongs to that run.
  await run.click();
  await latency.fill('100');
  await check.click();
  await says(verdict, /^Passed\./);
});

test('Reset clears the verdict, and Check does not take an opened trace for a run', async () => {
  const { check, verdict, editor, reset, region } = await open();
  await editor.fill(solution);
  await check.click();
  await says(verdict, /^Passed\./);
  await reset.click();
  await expect.poll(() => verdict.innerText()).toBe('');
  await region.getByLabel('Trace file').setInputFiles(join(root, 'content', example, 'trace.json'));
  await region.getByText('The timeline shows trace.json').waitFor();
  await check.click();
  await says(verdict, /^Not yet\./);
  await region.getByText('Your run').waitFor();
});

test('the answer of Share shows after a verdict too', async () => {
  const { check, verdict, region } = await open();
  await check.click();
  await says(verdict, /^Not yet\./);
  await region.getByRole('button', { name: 'Share' }).click();
  await says(verdict, /address/);
});

test('a run whose server went away is not judged by half of what it did', async () => {
  const server = await startServer();
  const { check, verdict, editor, console: log, run } = await open(server.origin);
  await editor.fill(endless);
  await run.click();
  await log.getByText('open').waitFor();
  await server.stop();
  await log.getByText('The sandbox server went away').waitFor();
  await check.click();
  await says(verdict, /cannot be judged\. Run it again\.$/);
});
