/**
 * `npm run bench`: measures how quick the page is, in a real browser against the real server. Prints the median and the worst
 * of several runs beside the design's target.
 */
import { chromium, type Page } from 'playwright';
import { startServer } from '../e2e/setup/server.ts';
import { ensureChromium } from '../scripts/browser/chromium.ts';
import { buildSiteIfStale } from '../scripts/build/site-build.ts';

const runs = 10;
await buildSiteIfStale();
const server = await startServer();
const browser = await chromium.launch({ executablePath: ensureChromium(), args: ['--no-sandbox', '--disable-gpu'] });

async function open(path: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 1000 } });
  await page.goto(server.origin + path, { waitUntil: 'networkidle' });
  return page;
}

/** Returns the ms from the click on Run to the animation frame after the timeline got its first frame, without latency. */
async function runToFirstFrame(): Promise<number> {
  const page = await open('/playground/');
  const run = page.getByRole('button', { name: 'Run', exact: true });
  await page.getByRole('slider', { name: 'Latency' }).fill('0');
  await run.hover();
  const took = run.evaluate(
    (button) =>
      new Promise<number>((resolve) => {
        button.addEventListener('click', ({ timeStamp }) => {
          const look = (): void => {
            if (document.querySelector('.pg-count')?.textContent) requestAnimationFrame((now) => resolve(now - timeStamp));
            else requestAnimationFrame(look);
          };
          look();
        });
      }),
  );
  await run.click();
  const result = await took;
  await page.close();
  return result;
}

/**
 * Runs `for(;;){}`. Returns the longest gap between animation frames, and the time from the click on Stop to the removal of the
 * iframe, both in ms.
 */
async function endlessLoop(): Promise<{ gap: number; stop: number }> {
  const page = await open('/playground/');
  await replaceCode(page, 'for (;;) {}');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  const gap = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const began = performance.now();
        let last = began;
        let longest = 0;
        const look = (now: number): void => {
          longest = Math.max(longest, now - last);
          last = now;
          if (now - began < 2500) requestAnimationFrame(look);
          else resolve(longest);
        };
        requestAnimationFrame(look);
      }),
  );
  const stopped = page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const frame = document.querySelector('iframe');
        addEventListener('click', ({ timeStamp }) => {
          const look = (): void => {
            if (frame?.isConnected) requestAnimationFrame(look);
            else resolve(performance.now() - timeStamp);
          };
          look();
        });
      }),
  );
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  const stop = await stopped;
  await page.close();
  return { gap, stop };
}

/** Returns the ms from the first click on the code until the editor holds the first typed character. */
async function clickToCharacter(): Promise<number> {
  const page = await open('/playground/');
  const editor = page.getByRole('region', { name: 'Playground' }).getByRole('textbox').first();
  const seen = page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let clicked = 0;
        addEventListener('pointerdown', ({ timeStamp }) => (clicked ||= timeStamp), { capture: true });
        addEventListener('input', () => requestAnimationFrame((now) => resolve(now - clicked)), { capture: true });
      }),
  );
  await editor.click();
  await page.keyboard.type('x');
  const result = await seen;
  await page.close();
  return result;
}

async function replaceCode(page: Page, code: string): Promise<void> {
  await page.getByRole('region', { name: 'Playground' }).getByRole('textbox').first().click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(code);
}

async function several<Result>(measure: () => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  for (let i = 0; i < runs; i++) results.push(await measure());
  return results;
}

function row(what: string, values: number[], reach: number): void {
  const sorted = values.sort((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] ?? NaN;
  console.log(`| ${what} | ${median.toFixed(0)} ms | ${(sorted.at(-1) ?? NaN).toFixed(0)} ms | ≤ ${reach} ms |`);
}

console.log(`| What (${runs} runs) | Median | Worst | Reach |\n|---|---|---|---|`);
row('Run to first frame drawn', await several(runToFirstFrame), 100);
const loops = await several(endlessLoop);
row(
  'Endless loop: longest gap of the page',
  loops.map(({ gap }) => gap),
  50,
);
row(
  'Endless loop: Stop',
  loops.map(({ stop }) => stop),
  250,
);
row('Click on the code to first character', await several(clickToCharacter), 100);
await browser.close();
await server.stop();
