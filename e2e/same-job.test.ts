import type { Page } from 'playwright';
import { beforeAll, expect, test } from 'vitest';
import { effectsBeforeCauses } from '../protocol/trace/effects-before-causes.ts';
import type { Trace } from '../protocol/trace/trace.ts';
import { recordedTrace, variesOf } from '../scripts/record/examples.ts';
import { traceDifferences } from '../scripts/record/trace-differences.ts';
import { axeViolations } from './setup/axe.ts';
import { openPage, origin } from './setup/browser.ts';
import { browser, browserForFile, wide } from './setup/pages.ts';
import { traceOfRun } from './setup/trace-of-run.ts';
import { isNone, upToThree } from './setup/up-to-three.ts';

let page: Page;
browserForFile();
beforeAll(async () => {
  page = await browser.newPage(wide);
  await openPage(page, `${origin()}/2-6-five-ways/`);
  await page.locator('[data-same-job]').hover();
  await page.locator('[data-same-job][data-awake]').waitFor();
});

const job = () => page.getByRole('region', { name: 'The same job, several ways' });
const said = () => job().locator('.sj-said');
/** Returns the values of one table row, in the order of the ways. */
const row = (name: string): Promise<string[]> =>
  job()
    .locator('tr', { has: page.getByRole('rowheader', { name }) })
    .getByRole('cell')
    .allInnerTexts();

test('five recorded runs share a picture and a table, deliver every update, and WebSocket takes the fewest bytes', async () => {
  expect(await row('Updates delivered')).toEqual(Array(5).fill('8 of 8'));
  const bytes = (await row('Bytes in all')).map((text) => Number(text.replace(/\D/g, '')));
  expect(Math.min(...bytes)).toBe(bytes[4]);
  expect(await axeViolations(page)).toEqual([]);
});

test('each of the five programs does what its recorded trace says', { timeout: 120_000 }, async () => {
  for (const way of ['polling', 'long-polling', 'events', 'stream', 'websocket']) {
    const example = `2-6-five-ways/${way}`;
    const item = job().locator(`[data-example="${example}"]`);
    const recorded = recordedTrace(example);
    expect(recorded, example).toBeDefined();
    const differences = await upToThree(async () => {
      const run = await traceOfRun(item, item.getByRole('button', { name: /^Run/ }));
      expect(effectsBeforeCauses(run), example).toEqual([]);
      return traceDifferences(recorded as Trace, run, await variesOf(example));
    }, isNone);
    expect(differences, example).toEqual([]);
  }
});

test('with other numbers all five run again, and the table shows these runs', { timeout: 120_000 }, async () => {
  await job().getByRole('slider', { name: 'Updates', exact: true }).fill('3');
  await job().getByRole('slider', { name: 'Time between updates' }).fill('100');
  await said()
    .filter({ hasText: /They ran with numbers other than those set now/ })
    .waitFor();
  await job().getByRole('button', { name: 'Run all' }).click();
  await said()
    .filter({ hasText: /^These are your runs\.$/ })
    .waitFor({ timeout: 60_000 });
  expect(await row('Updates delivered')).toEqual(Array(5).fill('3 of 3'));
});

test('Stop ends the current run and says so', async () => {
  await job().getByRole('slider', { name: 'Updates', exact: true }).fill('40');
  await job().getByRole('button', { name: 'Run all' }).click();
  await said().filter({ hasText: 'Running Short polling' }).waitFor();
  await job().getByRole('button', { name: 'Stop' }).click();
  await said()
    .filter({ hasText: /^Stopped\. These are your runs\. They ran with numbers other/ })
    .waitFor();
});
