/** Collects what the tests of all pages ask of a page, in one visit on a desktop and one on a phone. */
import type { Browser, BrowserContextOptions, Page } from 'playwright';
import { axeViolations, coloursOnly, type Violation } from './axe.ts';
import { type ColdLoad, coldLoad, readToTheEnd, type Weight } from './cold-load.ts';

export const desktop = { viewport: { width: 1440, height: 900 }, colorScheme: 'light' } satisfies BrowserContextOptions;
export const phone = {
  ...{ viewport: { width: 390, height: 844 }, colorScheme: 'light' },
  ...{ hasTouch: true, isMobile: true },
} satisfies BrowserContextOptions;

/** Widths at which no page may need a sideways scroll, CSS pixels. */
export const widths = [390, 768, 1024, 1440, 1920];

/** What a visit found on a page. */
export interface Visit {
  language: string;
  title: string;
  about: string;
  headings: number;
  ids: string[];
  /** Addresses on the same origin. */
  links: string[];
  shifts: string[];
  complaints: string[];
  weight: Weight;
  violations: Record<'light' | 'dark', Violation[]>;
  /** `tooWide`: widths at which a desktop page needs more room. `tooSmall`: targets too small for a finger on a phone. */
  tooWide: string[];
  tooSmall: string[];
}

/** Loads a page cold and returns everything that the tests ask of it. */
export async function visit(browser: Browser, url: string, device: typeof desktop | typeof phone): Promise<Visit> {
  return await coldLoad(browser, url, device, async (load) => {
    const { page } = load;
    const head = await page.evaluate(lookAtHead);
    const tooSmall = device === phone ? await page.evaluate(findSmallTargets) : [];
    const light = await axeViolations(page);
    await setTheme(page, 'dark');
    // A theme changes only colours; the thorough lane checks everything in both.
    const dark = await axeViolations(page, coloursOnly);
    const found = await readWhole(load);
    return {
      ...head,
      ...found,
      tooSmall,
      violations: { light, dark },
      tooWide: device === phone ? [] : await widthsTooNarrow(page),
    };
  });
}

/** Reads the page to its end; returns what it fetched, what moved and what it complained of. */
async function readWhole(load: ColdLoad): Promise<Pick<Visit, 'shifts' | 'weight' | 'complaints'>> {
  await readToTheEnd(load.page);
  await load.settled();
  return { shifts: await load.shifts(), weight: await load.weight(), complaints: load.complaints };
}

/** Switches the system to a theme, and waits until the page follows. */
export async function setTheme(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme });
  // The embedded trace offers no choice of theme: its style sheet alone follows the system.
  await page.waitForFunction((scheme) => (document.documentElement.dataset['theme'] ?? scheme) === scheme, colorScheme);
}

function lookAtHead(): Pick<Visit, 'language' | 'title' | 'about' | 'headings' | 'ids' | 'links'> {
  return {
    language: document.documentElement.lang,
    title: document.title,
    about: document.querySelector<HTMLMetaElement>('meta[name=description]')?.content ?? '',
    headings: document.querySelectorAll('h1').length,
    ids: [...document.querySelectorAll('[id]')].map(({ id }) => id),
    links: [...document.querySelectorAll('a')].map(({ href }) => href).filter((href) => href.startsWith(location.origin)),
  };
}

/** Returns the targets that are too small for a finger. Links in text do not count. */
function findSmallTargets(): string[] {
  const targets = [...document.querySelectorAll('button, summary, select, [role=tab], nav a, a.button')];
  return targets
    .filter((target) => target.checkVisibility({ visibilityProperty: true }))
    .map((target) => ({ target, box: target.getBoundingClientRect() }))
    .filter(({ box }) => Math.min(box.width, box.height) < 43.5)
    .map(({ target, box }) => `${target.outerHTML.slice(0, 90)} is ${Math.round(box.width)} × ${Math.round(box.height)}`);
}

async function widthsTooNarrow(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    const needed = await widthNeeded(page);
    if (needed.inAll > needed.there) found.push(`${needed.inAll} px where there are ${needed.there}`);
  }
  return found;
}

/** Returns how wide the page is and how much of it is seen, CSS pixels. */
export async function widthNeeded(page: Page): Promise<{ inAll: number; there: number }> {
  return await page.evaluate(async () => {
    for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
    return { inAll: document.documentElement.scrollWidth, there: document.documentElement.clientWidth };
  });
}
