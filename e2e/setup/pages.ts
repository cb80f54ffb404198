/**
 * Opens and closes browser and pages around the tests of a file. `browser` and `page` always hold the current ones: tests import
 * them and need not pass them on.
 */
import type { Browser, BrowserContextOptions, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, onTestFinished } from 'vitest';
import { launchBrowser } from './browser.ts';

/** The browser of the file whose tests run. */
export let browser: Browser;

/** The page that was opened last. */
export let page: Page;

/** Options of a page as wide as a desktop's screen. */
export const wide: BrowserContextOptions = { viewport: { width: 1440, height: 1000 } };

/** Starts `browser` with these extra flags before the tests of this file, and closes it after them. */
export function browserForFile(flags?: readonly string[]): void {
  beforeAll(async () => void (browser = await launchBrowser(flags)));
  afterAll(() => browser.close());
}

/** Starts `browser` for this file, and opens `page` before each of its tests. */
export function pageForEachTest(options = wide): void {
  browserForFile();
  beforeEach(async () => void (page = await browser.newPage(options)));
  afterEach(() => page.close());
}

/** Opens a page, and closes it when the current test has ended. Not for tests that run at the same time: there use `await using`. */
export async function newPage(options?: BrowserContextOptions): Promise<Page> {
  const opened = (page = await browser.newPage(options));
  onTestFinished(() => opened.close());
  return opened;
}
