import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeViolations } from './setup/axe.ts';
import { launchBrowser, origin } from './setup/browser.ts';
import { pagesOf } from '../scripts/site-build.ts';
import { builtLessons } from './setup/built-pages.ts';
import { shiftsOfColdLoad, weighLoad } from './setup/load.ts';

const pages = pagesOf();
const lessons = builtLessons();
const wide = { width: 1440, height: 900 };
const narrow = { width: 390, height: 844 };

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

/** Opens a page in a context of its own, and closes it after use. */
async function withPage<T>(path: string, options: BrowserContextOptions, use: (page: Page) => Promise<T>): Promise<T> {
  const context = await browser.newContext({ viewport: wide, ...options });
  try {
    const page = await context.newPage();
    await page.goto(origin() + path, { waitUntil: 'networkidle' });
    return await use(page);
  } finally {
    await context.close();
  }
}

describe.each([...pages, '/no-such-page/'])('%s', (path) => {
  // Each page is opened once on a desktop and once on a phone; its tests look at it one after the other.
  const contexts: BrowserContext[] = [];
  const open = async (options: BrowserContextOptions): Promise<Page> => {
    const context = await browser.newContext({ colorScheme: 'light', ...options });
    contexts.push(context);
    const page = await context.newPage();
    await page.goto(origin() + path, { waitUntil: 'networkidle' });
    return page;
  };
  const opened: Partial<Record<'desktop' | 'phone', Page>> = {};
  const on = async (device: 'desktop' | 'phone'): Promise<Page> =>
    (opened[device] ??= await open(
      device === 'desktop' ? { viewport: wide } : { viewport: narrow, hasTouch: true, isMobile: true },
    ));
  afterAll(() => Promise.all(contexts.map((context) => context.close())));

  it.each([
    ['light', 'desktop'],
    ['dark', 'desktop'],
    ['light', 'phone'],
    ['dark', 'phone'],
  ] as const)('has no axe violation in %s on a %s', async (colorScheme, device) => {
    const page = await on(device);
    await page.emulateMedia({ colorScheme });
    // The embedded trace has no theme of its own to choose: there the style sheet alone follows the system.
    await page.waitForFunction((scheme) => (document.documentElement.dataset['theme'] ?? scheme) === scheme, colorScheme);
    expect(await axeViolations(page)).toEqual([]);
  });

  it('has targets of at least 44 px on a phone, but for links in text', async () => {
    const small = await (
      await on('phone')
    ).evaluate(() => {
      const targets = [...document.querySelectorAll('button, summary, select, [role=tab], nav a, a.button')];
      return targets
        .filter((target) => target.checkVisibility({ visibilityProperty: true }))
        .map((target) => ({ target, box: target.getBoundingClientRect() }))
        .filter(({ box }) => Math.min(box.width, box.height) < 43.5)
        .map(({ target, box }) => `${target.outerHTML.slice(0, 90)} is ${Math.round(box.width)} × ${Math.round(box.height)}`);
    });
    expect(small).toEqual([]);
  });

  it('tells its language, its title and what it is about', async () => {
    const head = await (
      await on('desktop')
    ).evaluate(() => ({
      language: document.documentElement.lang,
      title: document.title,
      about: document.querySelector<HTMLMetaElement>('meta[name=description]')?.content ?? '',
      headings: document.querySelectorAll('h1').length,
    }));
    expect(head).toMatchObject({ language: 'en', headings: 1 });
    expect(head.title).toMatch(/^.{3,} · Duplex Playground$/);
    if (path !== '/no-such-page/') expect(head.about.length).toBeGreaterThan(30);
  });

  it.each([390, 768, 1024, 1440, 1920])('needs no sideways scroll at %d px', async (width) => {
    const page = await on('desktop');
    await page.setViewportSize({ width, height: 900 });
    const [needed, there] = await page.evaluate(async () => {
      for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
      return [document.documentElement.scrollWidth, document.documentElement.clientWidth];
    });
    expect(needed).toBeLessThanOrEqual(there ?? 0);
  });

  it('keeps to the budget before anything is touched: 100 KB in all, 55 KB of script, nothing from elsewhere', async () => {
    const load = await weighLoad(browser, origin() + path);
    const detail = load.detail.join('\n');
    expect(load.foreign).toEqual([]);
    expect(load.total, detail).toBeLessThanOrEqual(100_000);
    expect(load.script, detail).toBeLessThanOrEqual(55_000);
  });
});

// Lessons share one layout: one of them is loaded often, the others a few times each.
const oftenLoaded = ['/', '/playground/', '/1-4-full-duplex/'];

describe.each(pages.map((path) => ({ path, loads: oftenLoaded.includes(path) ? 20 : 4 })))('$path', ({ path, loads }) => {
  it(`does not jump on any of ${loads} cold loads on a desktop`, { timeout: 120_000 }, async () => {
    const shifts: string[] = [];
    // Four at a time, so that the loads are slowed and shuffled by one another, as on a busy machine.
    for (let round = 0; round < loads / 4; round++) {
      const four = Array.from({ length: 4 }, () => shiftsOfColdLoad(browser, origin() + path));
      shifts.push(...(await Promise.all(four)).flat());
    }
    expect(shifts).toEqual([]);
  });

  it('does not jump on a cold load on a phone', async () => {
    expect(await shiftsOfColdLoad(browser, origin() + path, narrow)).toEqual([]);
  });
});

describe.each(lessons)('%s with JavaScript off', (path) => {
  let page: Page;
  beforeAll(async () => {
    page = await browser.newPage({ javaScriptEnabled: false, viewport: wide });
    await page.goto(origin() + path, { waitUntil: 'networkidle' });
  });
  afterAll(() => page.close());

  it('reads whole, with its recorded timeline, and offers nothing that needs a script', async () => {
    expect(await page.getByRole('heading', { level: 1 }).isVisible()).toBe(true);
    expect(await page.getByRole('figure', { name: 'Timeline' }).first().locator('svg').first().isVisible()).toBe(true);
    expect(await page.getByRole('button', { name: 'Search' }).isVisible()).toBe(false);
    expect(await page.getByRole('button', { name: 'Dark theme' }).isVisible()).toBe(false);
    const words = await page.locator('main :is(h1, h2, h3, p, li, td)').allInnerTexts();
    expect(words.join('\n').length).toBeGreaterThan(500);
  });

  it.each(['light', 'dark'] as const)('is %s where the system is', async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    const paper = await page.locator('body').evaluate((body) => getComputedStyle(body).backgroundColor);
    const [red = 0] = (/\d+/.exec(paper) ?? []).map(Number);
    expect(red > 128 ? 'light' : 'dark').toBe(colorScheme);
  });

  it('opens the list of lessons on a narrow screen', async () => {
    await page.setViewportSize(narrow);
    const list = page.getByRole('navigation', { name: 'Lessons' });
    expect(await list.isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Lessons' }).click();
    expect(await list.isVisible()).toBe(true);
  });
});

describe('the links of the site', () => {
  interface Linked {
    ids: string[];
    links: string[];
  }
  const linked = new Map<string, Linked>();

  // Far above what it takes to open every page once: a busy machine is no failure.
  beforeAll(async () => {
    for (const path of pages) {
      const found = await withPage(path, {}, (page) =>
        page.evaluate(() => ({
          ids: [...document.querySelectorAll('[id]')].map(({ id }) => id),
          links: [...document.querySelectorAll('a')].map(({ href }) => href).filter((href) => href.startsWith(location.origin)),
        })),
      );
      linked.set(path, found);
    }
  }, 300_000);

  it('lead to pages and sections that there are', () => {
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

  it('reach every page from the home page', () => {
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
