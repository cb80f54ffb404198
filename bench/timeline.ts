/**
 * `npm run bench`: measures how much the timeline can take, in a real browser against the real server. Records a run of 10,000
 * frames, opens it on /trace/, plays, drags and zooms it; then a program floods the server while the page draws the flood.
 */
import { copyFileSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright';
import { startServer } from '../e2e/setup/server.ts';
import type { Trace } from '../protocol/trace/trace.ts';
import { ensureChromium } from '../scripts/browser/chromium.ts';
import { buildSiteIfStale } from '../scripts/build/site-build.ts';
import { framesOf, percentile, tasksOf } from './timeline/script-time.ts';

const runs = Number(process.env['RUNS'] ?? 5);
const frames = 10_000;
const clients = 2;
const flood = { perSecond: 5000, seconds: 6 };
const everyMs = 10;

await buildSiteIfStale();
const server = await startServer({ options: ['--profile', 'lifted'] });
const browser = await chromium.launch({ executablePath: ensureChromium(), args: ['--no-sandbox', '--disable-gpu'] });
const folder = mkdtempSync(join(tmpdir(), 'duplex-bench-'));

/** Returns a program that sends `messages` to the echo, `perTick` at a time, and closes when the last one is back. */
const sender = (messages: number, perTick: number): string => `
const socket = new WebSocket('/echo');
let sent = 0;
let back = 0;
socket.onopen = () => {
  const timer = setInterval(() => {
    for (let i = 0; i < ${perTick} && sent < ${messages}; i++) socket.send('message ' + sent++);
    if (sent === ${messages}) clearInterval(timer);
  }, ${everyMs});
};
socket.onmessage = () => {
  if (++back === ${messages}) socket.close(1000, 'done');
};
`;

async function open(path: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 1000 } });
  await page.goto(server.origin + path, { waitUntil: 'networkidle' });
  return page;
}

async function putProgram(page: Page, code: string, latency: number): Promise<void> {
  await page.getByRole('slider', { name: 'Latency' }).fill(String(latency));
  await page.getByRole('region', { name: 'Playground' }).getByRole('textbox').first().click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(code);
}

/** Records a run of both clients and returns the path of its trace file. */
async function record(): Promise<string> {
  const page = await open('/playground/');
  for (let i = 1; i < clients; i++) await page.getByRole('button', { name: 'Add a client' }).click();
  await putProgram(page, sender(frames / clients / 2, 5), 50);
  const region = page.getByRole('region', { name: 'Playground' });
  // Pass the trace as text: the browser's driver would take minutes to convert an object of this size.
  const finished = region.evaluate(
    (element) =>
      new Promise<string>((resolve) => {
        const hand = (event: Event): void => resolve(JSON.stringify((event as CustomEvent<() => unknown>).detail()));
        element.addEventListener('trace', hand, { once: true });
      }),
  );
  await region.getByRole('button', { name: 'Run', exact: true }).click();
  const text = await finished;
  const trace = JSON.parse(text) as Trace;
  const seen = trace.events.filter(({ name }) => name === 'frame_sent').length;
  console.log(`Recorded ${seen} frames, ${trace.events.length} events, of ${clients} clients.\n`);
  const path = join(folder, 'trace.json');
  writeFileSync(path, text);
  await page.close();
  return path;
}

/** Returns the ms from choosing the file to the animation frame after the paint. No earlier file may have had this `name`. */
async function openTrace(page: Page, path: string, name: string): Promise<number> {
  const took = page.evaluate(
    (expected) =>
      new Promise<number>((resolve) => {
        const began = ({ timeStamp }: Event): void => {
          const look = (): void => {
            if (document.querySelector('.tp-name')?.textContent?.includes(expected)) {
              requestAnimationFrame(() => requestAnimationFrame((now) => resolve(now - timeStamp)));
            } else requestAnimationFrame(look);
          };
          look();
        };
        document.querySelector('.tp-bar input')?.addEventListener('change', began, { once: true });
      }),
    name,
  );
  const named = join(folder, name);
  copyFileSync(path, named);
  await page.locator('.tp-bar input').setInputFiles(named);
  return await took;
}

/** Returns the script time of each animation frame while `act` runs, in ms. */
async function scriptWhile(page: Page, act: () => Promise<void>): Promise<number[]> {
  await browser.startTracing(page, { categories: ['devtools.timeline', 'devtools.timeline.frame'] });
  await act();
  return framesOf((await browser.stopTracing()).toString());
}

/** Floods the page. Returns its thread's tasks until the run has finished, and what the page says it left out. */
async function floodPage(): Promise<{ long: number[]; tasks: number[]; said: string }> {
  const page = await open('/playground/');
  await putProgram(page, sender(flood.perSecond * flood.seconds, (flood.perSecond * everyMs) / 1000), 0);
  // Wait until the full editor has replaced the light one after the first click: page.ts measures that, not the flood.
  await page.locator('.ce-on').waitFor();
  await page.evaluate(() => {
    const tasks: number[] = [];
    Object.assign(globalThis, { tasks });
    const seen = new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration)));
    seen.observe({ type: 'longtask' });
  });
  await browser.startTracing(page, { categories: ['devtools.timeline', 'toplevel'] });
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.locator('.pg-state', { hasText: 'Finished' }).waitFor({ timeout: 60_000 });
  const tasks = tasksOf((await browser.stopTracing()).toString(), 5);
  const long = await page.evaluate(() => (globalThis as unknown as { tasks: number[] }).tasks);
  const words = [page.locator('.pg-count'), page.locator('.tl-not-drawn')].map((place) => place.allInnerTexts());
  const said = (await Promise.all(words)).flat().join('; ');
  await page.close();
  return { long, tasks, said };
}

function row(what: string, values: readonly number[], reach: string): void {
  const [median, p95, worst] = [0.5, 0.95, 1].map((part) =>
    values.length > 0 ? `${percentile(values, part).toFixed(1)} ms` : '–',
  );
  console.log(`| ${what} | ${values.length} | ${median} | ${p95} | ${worst} | ${reach} |`);
}

try {
  const path = await record();
  console.log('| What | Times | Median | p95 | Worst | Reach |\n|---|---|---|---|---|---|');
  const page = await open('/trace/');
  const opened: number[] = [];
  for (let i = 0; i < runs; i++) opened.push(await openTrace(page, path, `run-${i}.json`));
  row(`${frames} frames: opened`, opened, '≤ 500 ms');

  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const plot = page.getByRole('group', { name: /^Frames/ });
  const box = await plot.boundingBox();
  if (!box) throw new Error('The page shows no picture');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  // Send mouse events ourselves: with each move the browser's driver would run its own scripts in the page.
  const hand = await page.context().newCDPSession(page);
  const mouse = (event: object): Promise<void> =>
    hand.send('Input.dispatchMouseEvent', { type: 'mouseMoved', x, y, button: 'none', ...event }).then(() => undefined);
  const drag = async (): Promise<void> => {
    await mouse({});
    await mouse({ type: 'mousePressed', button: 'left', buttons: 1, clickCount: 1 });
    for (let i = 0; i < 120; i++) await mouse({ x: x + 200 * Math.sin(i / 15), button: 'left', buttons: 1 });
    await mouse({ type: 'mouseReleased', button: 'left', clickCount: 1 });
  };
  const zoom = async (): Promise<void> => {
    for (let i = 0; i < 120; i++) await mouse({ type: 'mouseWheel', deltaX: 0, deltaY: i % 60 < 30 ? -60 : 60, modifiers: 2 });
  };
  const play = async (): Promise<void> => {
    await page.getByRole('slider', { name: 'Position' }).fill('0');
    await button('Play').click();
    await page.waitForTimeout(4000);
    await button('Pause').click();
  };
  const reach = '≤ 4 ms at p95';
  await button('Show the whole run').click();
  row('Script of an animation frame: whole run played', await scriptWhile(page, play), reach);
  await mouse({});
  // The first time includes compiling the code that zooms.
  row('… zoomed by the wheel, the first time', await scriptWhile(page, zoom), reach);
  await button('Show the whole run').click();
  await mouse({});
  row('… zoomed by the wheel, again', await scriptWhile(page, zoom), reach);
  await button('Show the whole run').click();
  await button('Show less time').click();
  row('… dragged with half of the run in view', await scriptWhile(page, drag), reach);
  for (let i = 0; i < 3; i++) await button('Show less time').click();
  row('… dragged with a sixteenth in view', await scriptWhile(page, drag), reach);
  row('… a sixteenth in view, played', await scriptWhile(page, play), reach);
  await page.close();

  const what = `Flood of ${flood.perSecond} messages/s, echoed, for ${flood.seconds} s`;
  const said: string[] = [];
  for (let i = 0; i < Math.min(3, runs); i++) {
    const flooded = await floodPage();
    row(`${what}: tasks of 5 ms and more, processor's time`, flooded.tasks, 'none above 50 ms');
    row('… tasks above 50 ms by the clock, the rest of the machine included', flooded.long, '');
    said.push(flooded.said);
  }
  console.log(`\nThe page said of the floods: ${said.join(' | ')}`);
} finally {
  await browser.close();
  await server.stop();
}
