/**
 * Runs lessons from a host of files alone: every program runs in the page, and the page says so. The thorough tests visit every
 * lesson.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { noSandbox } from '../site/playground/session/sandbox-error.ts';
import { openPage, type PlaygroundParts, playgroundOf } from './setup/browser.ts';
import { type StaticHost, startStaticHost } from './setup/hosts/static-host.ts';
import { browserForFile, newPage, wide } from './setup/pages.ts';
import { runToRest } from './setup/run.ts';

browserForFile();

let host: StaticHost;
beforeAll(async () => void (host = await startStaticHost()));
afterAll(async () => await host[Symbol.asyncDispose]());

const sessionsAsked = (): number => host.turnedAway.filter((request) => request === 'POST /sessions').length;
const isChosen = async ({ region }: PlaygroundParts, network: string): Promise<boolean> =>
  await region.getByRole('radio', { name: network }).isChecked();

test('without a sandbox, Run changes to the network in the page, says so once, and asks again only when told to', async () => {
  const page = await newPage(wide);
  await openPage(page, `${host.origin}/1-4-full-duplex/`);
  const parts = playgroundOf(page);
  const { console: log, region } = parts;
  expect(await isChosen(parts, 'Live sandbox')).toBe(true);

  const trace = await runToRest(page);
  expect(trace.network).toBe('in-page');
  expect(trace.events.filter(({ name }) => name === 'frame_received').length).toBeGreaterThan(10);
  expect(await isChosen(parts, 'In this page')).toBe(true);
  await expect.poll(() => log.getByText(noSandbox).count()).toBe(1);
  await expect.poll(() => region.locator('.pg-network').innerText()).toBe('Your run, network in this page');

  const asked = sessionsAsked();
  expect(asked).toBeGreaterThan(0);
  await runToRest(page);
  await log.getByText('heard tick 10').waitFor();
  expect(await log.getByText(noSandbox).count()).toBe(0);
  expect(sessionsAsked()).toBe(asked);

  await region.getByRole('radio', { name: 'Live sandbox' }).check();
  expect((await runToRest(page)).network).toBe('in-page');
  expect(sessionsAsked()).toBeGreaterThan(asked);
  await log.getByText(noSandbox).waitFor();
});

test.each([
  ['1-4-full-duplex', 'two-each-way'],
  ['3-3-frames', 'refused'],
  ['3-6-fragments', 'interleaving'],
])('without a sandbox, Check in %s runs and judges %s: first the starter, then the solution', async (lesson, exercise) => {
  const page = await newPage(wide);
  await openPage(page, `${host.origin}/${lesson}/`);
  const { region } = playgroundOf(page, page.locator(`[data-example="${lesson}/${exercise}"]`));
  const verdict = region.locator('.pg-verdict');
  await region.getByRole('button', { name: 'Check' }).click();
  await verdict.filter({ hasText: /^Not yet\./ }).waitFor();
  await region.getByRole('button', { name: 'Solution' }).click();
  await region.getByRole('button', { name: 'Check' }).click();
  await verdict.filter({ hasText: /^Passed\./ }).waitFor();
});

test('without a sandbox, the five ways of lesson 2.6 run in the page, and the page says why', async () => {
  const page = await newPage(wide);
  await openPage(page, `${host.origin}/2-6-five-ways/`);
  await page.getByRole('button', { name: 'Run WebSocket' }).click();
  await page.getByText(noSandbox).waitFor();
});
