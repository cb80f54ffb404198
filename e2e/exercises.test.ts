import { existsSync, globSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../scripts/root.ts';
import { launchBrowser, openPage, origin, playgroundOf } from './setup/browser.ts';
import { runToRest } from './setup/run.ts';

let browser: Browser;
beforeAll(async () => void (browser = await launchBrowser()));
afterAll(() => browser.close());

const exercises = globSync('content/**/check.ts', { cwd: root }).map((file) => dirname(file).slice('content/'.length));

/** The playground of one example, on its lesson's page. */
async function open(example: string): Promise<{ page: Page; parts: ReturnType<typeof playgroundOf>; verdict: Locator }> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 1000 } });
  await openPage(page, `${origin()}/${example.split('/', 1)[0] ?? ''}/`);
  const parts = playgroundOf(page, page.locator(`[data-example="${example}"]`));
  return { page, parts, verdict: parts.region.locator('.pg-verdict') };
}

describe.each(exercises)('the exercise %s', (example) => {
  test('has a solution beside its check', () => {
    expect(existsSync(join(root, 'content', example, 'solution.ts'))).toBe(true);
  });

  test('its starter runs and does not pass, and the check says what is missing', async () => {
    const { page, parts, verdict } = await open(example);
    await runToRest(page, parts);
    await parts.region.getByRole('button', { name: 'Check' }).click();
    await verdict.getByText('Not yet.').waitFor();
    expect((await verdict.innerText()).length).toBeGreaterThan(40);
    await page.close();
  });

  test('its solution runs and passes', async () => {
    const { page, parts, verdict } = await open(example);
    await parts.region.getByRole('button', { name: 'Solution' }).click();
    await runToRest(page, parts);
    await parts.region.getByRole('button', { name: 'Check' }).click();
    await verdict.getByText('Passed.').waitFor();
    await page.close();
  });

  test('without a run the check asks for one', async () => {
    const { page, parts, verdict } = await open(example);
    await parts.region.getByRole('button', { name: 'Check' }).click();
    await verdict.getByText('Press Run first').waitFor();
    await page.close();
  });
});
