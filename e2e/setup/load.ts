/** What a cold load of a page costs and whether it jumps, as a browser with an empty cache sees it. */
import { brotliCompressSync } from 'node:zlib';
import type { Browser, BrowserContext, Page, Response } from 'playwright';

/** What a page fetched before its reader touched anything. Sizes are bytes after brotli at its default quality, 11. */
export interface Load {
  total: number;
  script: number;
  /** One line per response, largest first: size and address. */
  detail: string[];
  /** Addresses that are not of the page's own origin. */
  foreign: string[];
}

// Formats that are compressed as they are.
const packed = /\.(woff2|png|jpe?g|webp|avif|gif)$/;

/** Loads a page cold, reads it to its end, and weighs what the browser really asked for. */
export async function weighLoad(browser: Browser, url: string): Promise<Load> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const responses: Response[] = [];
  context.on('response', (response) => void responses.push(response));
  try {
    const page = await context.newPage();
    await page.goto(url, { waitUntil: 'networkidle' });
    await readToTheEnd(page);
    await page.waitForLoadState('networkidle');
    const weighed = await Promise.all(responses.filter((response) => response.status() < 300).map(weigh));
    weighed.sort((a, b) => b.size - a.size);
    const sum = (list: typeof weighed): number => list.reduce((bytes, { size }) => bytes + size, 0);
    return {
      total: sum(weighed),
      script: sum(weighed.filter(({ script }) => script)),
      detail: weighed.map(({ size, url: address }) => `${size} ${address}`),
      foreign: weighed.map(({ url: address }) => address).filter((address) => new URL(address).origin !== new URL(url).origin),
    };
  } finally {
    await context.close();
  }
}

async function weigh(response: Response): Promise<{ url: string; size: number; script: boolean }> {
  const url = response.url();
  const body = await response.body();
  const size = packed.test(new URL(url).pathname) ? body.length : brotliCompressSync(body).length;
  return { url, size, script: response.request().resourceType() === 'script' };
}

async function readToTheEnd(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const frame = (): Promise<unknown> => new Promise(requestAnimationFrame);
    for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight / 2) {
      scrollTo({ top: y, behavior: 'instant' });
      await frame();
      await frame();
    }
  });
}

/** The layout shifts of one cold load, each with what moved; none where nothing jumped. */
export async function shiftsOfColdLoad(
  browser: Browser,
  url: string,
  viewport = { width: 1440, height: 900 },
): Promise<string[]> {
  const context = await browser.newContext({ viewport });
  try {
    await recordShifts(context);
    const page = await context.newPage();
    await page.goto(url, { waitUntil: 'networkidle' });
    return await page.evaluate(async () => {
      await new Promise(requestAnimationFrame);
      await new Promise(requestAnimationFrame);
      return (globalThis as unknown as { shifts: string[] }).shifts;
    });
  } finally {
    await context.close();
  }
}

async function recordShifts(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
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
  });
}
