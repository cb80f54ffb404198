import type { Browser, BrowserContextOptions, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pagesOf } from '../scripts/build/site-build.ts';
import { Ahead } from './setup/ahead.ts';
import { launchBrowser, origin } from './setup/browser.ts';
import { builtLessons } from './setup/built-pages.ts';
import { coldLoad } from './setup/cold-load.ts';
import { desktop, phone, type Visit, visit } from './setup/visit.ts';

const pages = pagesOf();
const lessons = builtLessons();
const missing = '/no-such-page/';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});

/** Loads each page once on a desktop and once on a phone; all tests use what was seen then. */
const visits = new Ahead([...pages, missing], 3, async (path): Promise<Record<'desktop' | 'phone', Visit>> => {
  const url = origin() + path;
  return { desktop: await visit(browser, url, desktop), phone: await visit(browser, url, phone) };
});

afterAll(async () => {
  await visits.ended();
  await browser.close();
});

const withPage = <T>(path: string, options: BrowserContextOptions, use: (page: Page) => Promise<T>): Promise<T> =>
  coldLoad(browser, origin() + path, { viewport: desktop.viewport, ...options }, ({ page }) => use(page));

describe.each([...pages, missing])('%s', { timeout: 300_000 }, (path) => {
  describe.each(['desktop', 'phone'] as const)('on a %s', (device) => {
    it.each(['light', 'dark'] as const)('has no axe violation in %s', async (theme) => {
      expect((await visits.of(path))[device].violations[theme]).toEqual([]);
    });

    it('does not jump on a cold load, nor while it is read to its end', async () => {
      expect((await visits.of(path))[device].shifts).toEqual([]);
    });

    it('logs no error and no warning on the console, and does nothing that its policy forbids', async () => {
      const { complaints } = (await visits.of(path))[device];
      // The browser itself logs that the page is missing.
      const expected = path === missing ? [expect.stringContaining('status of 404')] : [];
      expect(complaints).toEqual(expected);
    });
  });

  it('has targets of at least 44 px on a phone, except links in text', async () => {
    expect((await visits.of(path)).phone.tooSmall).toEqual([]);
  });

  it('states its language, its title and what it is about', async () => {
    const { desktop: found } = await visits.of(path);
    expect(found).toMatchObject({ language: 'en', headings: 1 });
    expect(found.title).toMatch(/^.{3,} · Duplex Playground$/);
    if (path !== missing) expect(found.about.length).toBeGreaterThan(30);
  });

  it('needs no sideways scroll at 390, 768, 1024, 1440 and 1920 px', async () => {
    expect((await visits.of(path)).desktop.tooWide).toEqual([]);
  });

  it('keeps to the budget before anything is touched: 100 KB in all, 55 KB of script, nothing from elsewhere', async () => {
    const { total, script, foreign, detail } = (await visits.of(path)).desktop.weight;
    expect(foreign).toEqual([]);
    expect(total, detail.join('\n')).toBeLessThanOrEqual(100_000);
    expect(script, detail.join('\n')).toBeLessThanOrEqual(55_000);
  });
});

describe.each(lessons)('%s with JavaScript off', (path) => {
  let page: Page;
  beforeAll(async () => {
    page = await browser.newPage({ javaScriptEnabled: false, viewport: desktop.viewport });
    await page.goto(origin() + path);
  });
  afterAll(() => page.close());

  it('shows all its text and its recorded timeline, and offers nothing that needs a script', async () => {
    expect(await page.getByRole('heading', { level: 1 }).isVisible()).toBe(true);
    expect(await page.getByRole('figure', { name: 'Timeline' }).first().locator('svg').first().isVisible()).toBe(true);
    expect(await page.getByRole('button', { name: 'Search' }).isVisible()).toBe(false);
    expect(await page.getByRole('button', { name: 'Dark theme' }).isVisible()).toBe(false);
    const words = await page.locator('main :is(h1, h2, h3, p, li, td)').allInnerTexts();
    expect(words.join('\n').length).toBeGreaterThan(500);
  });

  it.each(['light', 'dark'] as const)('is %s if the system is', async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    const paper = await page.locator('body').evaluate((body) => getComputedStyle(body).backgroundColor);
    const [red = 0] = (/\d+/.exec(paper) ?? []).map(Number);
    expect(red > 128 ? 'light' : 'dark').toBe(colorScheme);
  });

  it('opens the list of lessons on a narrow screen', async () => {
    await page.setViewportSize(phone.viewport);
    const list = page.getByRole('navigation', { name: 'Lessons' });
    expect(await list.isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Lessons' }).click();
    expect(await list.isVisible()).toBe(true);
  });
});

describe('the links of the site', { timeout: 300_000 }, () => {
  const linksOf = async (): Promise<Map<string, Visit>> => {
    const seen = new Map<string, Visit>();
    for (const path of pages) seen.set(path, (await visits.of(path)).desktop);
    return seen;
  };

  it('lead to pages and sections that exist', async () => {
    const linked = await linksOf();
    const broken: string[] = [];
    for (const [path, { links }] of linked) {
      for (const { pathname, hash } of links.map((link) => new URL(link))) {
        const ids = linked.get(pathname)?.ids;
        // `#src=…` and `#code=…` hold what the page is to open; other hashes name a section.
        const section = hash.includes('=') ? '' : decodeURIComponent(hash.slice(1));
        if (!ids || (section !== '' && !ids.includes(section))) broken.push(`${path} → ${pathname}${hash}`);
      }
    }
    expect(broken).toEqual([]);
  });

  it('reach every page from the home page', async () => {
    const linked = await linksOf();
    const reached = new Set(['/']);
    for (const path of reached) for (const link of linked.get(path)?.links ?? []) reached.add(new URL(link).pathname);
    expect(pages.filter((path) => !reached.has(path))).toEqual([]);
  });
});

describe('the theme', () => {
  it('follows the system until the reader chooses, and then keeps the choice', async () => {
    await withPage('/', { colorScheme: 'dark' }, async (page) => {
      const theme = (): Promise<string | undefined> => page.evaluate(() => document.documentElement.dataset['theme']);
      expect(await theme()).toBe('dark');
      await page.emulateMedia({ colorScheme: 'light' });
      await expect.poll(theme).toBe('light');
      await page.getByRole('button', { name: 'Dark theme' }).click();
      expect(await theme()).toBe('dark');
      await page.reload();
      expect(await theme()).toBe('dark');
    });
  });
});

describe('search', () => {
  it('finds a page by a word of its title, and fetches nothing before it is opened', async () => {
    await withPage('/', {}, async (page) => {
      const fetched = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
      expect(fetched.filter((url) => url.includes('pagefind'))).toEqual([]);
      await page.keyboard.press('Control+k');
      await page.getByRole('searchbox', { name: 'Search the lessons' }).fill('playground');
      await page.getByRole('dialog').getByRole('link').first().waitFor();
      await page.keyboard.press('Escape');
      expect(await page.getByRole('dialog').isVisible()).toBe(false);
    });
  });
});
