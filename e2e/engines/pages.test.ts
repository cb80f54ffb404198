/** Nothing goes wrong on any page: no engine has an error or a warning to report. */
import { expect, test } from 'vitest';
import { pagesOf } from '../../scripts/build/site-build.ts';
import { describeEachEngine } from './setup/each-engine.ts';
import { openPage } from './setup/playground.ts';

describeEachEngine('the pages', (using) => {
  test('are quiet, from home to the last reference page: no error, no warning', { timeout: 300_000 }, async () => {
    const wrong: string[] = [];
    await using.page(async (page) => {
      page.complaints();
      for (const path of [...pagesOf(), '/no-such-page']) {
        await openPage(page, using.origin + path);
        // What comes into view is woken.
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
    // The page that is not there is answered 404, and that alone may be said of it.
    expect(wrong.filter((line) => !/^\/no-such-page: .*404/.test(line))).toEqual([]);
  });
});
