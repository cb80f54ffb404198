/** Checks that no engine reports an error or a warning on any page. */
import { expect, test } from 'vitest';
import { pagesOf } from '../../scripts/build/site-build.ts';
import { describeEachEngine } from './setup/each-engine.ts';
import { openPage } from './setup/playground.ts';

describeEachEngine('the pages', (using) => {
  test('report no error and no warning, from home to the last reference page', { timeout: 300_000 }, async () => {
    const wrong: string[] = [];
    await using.page(async (page) => {
      page.complaints();
      for (const path of [...pagesOf(), '/no-such-page']) {
        await openPage(page, using.origin + path);
        // Scroll through the page, to wake what comes into view.
        await page.evaluate(async () => {
          for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight) {
            scrollTo({ top: y, behavior: 'instant' });
            await new Promise((resolve) => setTimeout(resolve, 20));
          }
        });
        const heard = await page.evaluate(() => (globalThis as unknown as { complaints: string[] }).complaints);
        wrong.push(...[...heard, ...page.complaints()].map((complaint) => `${path}: ${complaint}`));
      }
    });
    // The missing page may complain of its 404, and of nothing else.
    expect(wrong.filter((line) => !/^\/no-such-page: .*404/.test(line))).toEqual([]);
  });
});
