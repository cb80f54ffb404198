/** Loads a page with an empty cache, and keeps what it fetched, what jumped and what it complained of. */
import { brotliCompressSync } from 'node:zlib';
import type { Browser, BrowserContextOptions, Page, Request, Response } from 'playwright';
import { collectComplaints } from './complaints.ts';
import { inTime, TooLate } from './in-time.ts';

/** What a page has fetched. Sizes are bytes after brotli at its default quality, 11. */
export interface Weight {
  total: number;
  script: number;
  /** One line per response, largest first: size and address. */
  detail: string[];
  /** Addresses outside the page's own origin. */
  foreign: string[];
}

/** A page in its own context, watched from its first moment on. */
export interface ColdLoad {
  page: Page;
  /** Waits until every request has ended and the page has nothing to do. */
  settled(): Promise<void>;
  /** Returns the layout shifts so far, each with what moved; none if nothing jumped. */
  shifts(): Promise<string[]>;
  /** Returns what it has fetched so far. */
  weight(): Promise<Weight>;
  /** Errors and warnings on its console, what it threw, and what a policy forbade. */
  complaints: string[];
}

/** How long a page may take to be loaded and used, ms: far longer than it takes on a busy machine. */
const patience = 45_000;

/**
 * Loads a page and hands it to `use` once it has settled. Loads it once more if that takes too long, since a busy machine's
 * browser loses a page now and then; a page that never settles does so twice.
 */
export async function coldLoad<T>(
  browser: Browser,
  url: string,
  options: BrowserContextOptions,
  use: (load: ColdLoad) => Promise<T>,
): Promise<T> {
  try {
    return await loadOnce(browser, url, options, use);
  } catch (error) {
    if (!(error instanceof TooLate)) throw error;
    console.warn(`${error.message} Loading it once more.`);
    return await loadOnce(browser, url, options, use);
  }
}

async function loadOnce<T>(
  browser: Browser,
  url: string,
  options: BrowserContextOptions,
  use: (load: ColdLoad) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext(options);
  let doing = 'opening a page';
  const load = async (): Promise<T> => {
    await context.addInitScript(recordShifts);
    const complaints = await collectComplaints(context);
    const page = await context.newPage();
    const requests = requestsOf(page, (what) => (doing = what));
    doing = 'fetching the page';
    await page.goto(url);
    await requests.settled();
    doing = 'looking at the page';
    return await use({
      page,
      complaints,
      ...requests,
      shifts: () => page.evaluate(() => (globalThis as unknown as { shifts: string[] }).shifts),
    });
  };
  try {
    return await inTime(patience, load(), () => `${url}, ${doing}.`);
  } finally {
    await context.close();
  }
}

/** Resolves in an idle moment after two more pictures. Anything still under way then was begun by something that has yet to end. */
const rest = async (): Promise<void> => {
  for (let picture = 0; picture < 2; picture++) await new Promise(requestAnimationFrame);
  await new Promise<unknown>((resolve) => requestIdleCallback(resolve, { timeout: 1000 }));
};

function requestsOf(page: Page, tell: (doing: string) => void): Pick<ColdLoad, 'settled' | 'weight'> {
  const responses: Response[] = [];
  const underWay = new Set<Request>();
  let asked = 0;
  let wake: () => void = () => undefined;
  const ended = (request: Request): void => {
    underWay.delete(request);
    wake();
  };
  page.on('request', (request) => {
    asked++;
    underWay.add(request);
  });
  page.on('requestfinished', ended);
  page.on('requestfailed', ended);
  page.on('response', (response) => void responses.push(response));
  return {
    async settled() {
      tell('waiting for its fonts');
      await page.evaluate(() => document.fonts.ready.then(() => undefined));
      // Must be quiet twice in a row: what has come may ask for more.
      for (let quiet = 0, before = asked; quiet < 2; before = asked) {
        while (underWay.size > 0) {
          tell(`waiting for ${[...underWay].map((request) => request.url()).join(', ')}`);
          await new Promise<void>((resolve) => (wake = resolve));
        }
        tell('waiting for an idle moment');
        await page.evaluate(rest);
        quiet = asked === before && underWay.size === 0 ? quiet + 1 : 0;
      }
    },
    async weight() {
      const weighed = await Promise.all(responses.filter((response) => response.status() < 300).map(weigh));
      weighed.sort((a, b) => b.size - a.size);
      const sum = (list: typeof weighed): number => list.reduce((bytes, { size }) => bytes + size, 0);
      return {
        total: sum(weighed),
        script: sum(weighed.filter(({ script }) => script)),
        detail: weighed.map(({ size, url: address }) => `${size} ${address}`),
        foreign: weighed.map(({ url }) => url).filter((address) => new URL(address).origin !== new URL(page.url()).origin),
      };
    },
  };
}

// Formats that are already compressed.
const packed = /\.(woff2|png|jpe?g|webp|avif|gif)$/;
/** Keeps sizes by address, since pages share most of what they fetch. */
const sizes = new Map<string, number>();

async function weigh(response: Response): Promise<{ url: string; size: number; script: boolean }> {
  const url = response.url();
  const body = await response.body();
  const size = packed.test(new URL(url).pathname) ? body.length : (sizes.get(url) ?? brotliCompressSync(body).length);
  sizes.set(url, size);
  return { url, size, script: response.request().resourceType() === 'script' };
}

/** Scrolls to the end as a reader does, so that everything that loads on the way is there. */
export async function readToTheEnd(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const frame = (): Promise<unknown> => new Promise(requestAnimationFrame);
    for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight * 0.9) {
      scrollTo({ top: y, behavior: 'instant' });
      await frame();
      await frame();
    }
  });
}

/** Records layout shifts; runs in the page before its own scripts. */
function recordShifts(): void {
  interface Shift extends PerformanceEntry {
    value: number;
    sources: { node: Node | null }[];
  }
  const shifts: string[] = [];
  Object.assign(globalThis, { shifts });
  new PerformanceObserver((list) => {
    for (const { value, sources } of list.getEntries() as Shift[]) {
      const moved = sources.map(({ node }) => (node instanceof Element ? node.outerHTML.slice(0, 80) : node?.nodeName));
      shifts.push(`${value.toFixed(4)}: ${moved.join(', ')}`);
    }
  }).observe({ type: 'layout-shift', buffered: true });
}
