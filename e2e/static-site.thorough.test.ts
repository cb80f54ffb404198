/** Visits every lesson on a host of files alone, and runs its first example in the page, as fast as it can. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sampleOf } from '../scripts/test/thorough.ts';
import { needsLive } from '../site/playground/networks/needs-live.ts';
import { builtLessons } from './setup/built-pages.ts';
import { openPage, playgroundOf } from './setup/browser.ts';
import { type StaticHost, startStaticHost } from './setup/hosts/static-host.ts';
import { browser, browserForFile, wide } from './setup/pages.ts';
import { runToRest } from './setup/run.ts';

browserForFile();

let host: StaticHost;
beforeAll(async () => void (host = await startStaticHost()));
afterAll(async () => await host[Symbol.asyncDispose]());

describe.concurrent.each(sampleOf(builtLessons(), 4))('without a sandbox, the first example of %s', (lesson) => {
  test('comes to rest with what its programs said on the timeline, or says why it needs the live sandbox', async () => {
    await using page = await browser.newPage({ ...wide, reducedMotion: 'reduce' });
    await page.route(/monaco|editor\.api/i, (route) => route.abort());
    await openPage(page, host.origin + lesson);
    const example = page.locator('[data-example]', { has: page.locator('.pg') }).first();
    const parts = playgroundOf(page, example);
    await parts.region.getByRole('radio', { name: 'In this page' }).check();
    await parts.region.getByRole('combobox', { name: 'Pace' }).selectOption('As fast as it can');
    const why = needsLive[(await example.getAttribute('data-example')) ?? ''];
    if (why === undefined) {
      const { network, events } = await runToRest(page, parts);
      expect(network).toBe('in-page');
      expect(events.some(({ name }) => name === 'frame_received' || name === 'response_received')).toBe(true);
    } else {
      await parts.run.click();
      await parts.console.getByText(`This example needs the live sandbox: ${why}`).waitFor();
      expect(await parts.state.innerText()).toBe('');
    }
  });
});
