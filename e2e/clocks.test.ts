/** On one clock: whatever a page is busy with, nothing of a run is shown before what caused it. */
import type { Browser, CDPSession, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { effectsBeforeCauses } from '../protocol/trace/effects-before-causes.ts';
import { launchBrowser, openPage, origin, playgroundOf } from './setup/browser.ts';
import { startDistantServer } from './setup/distant-server.ts';
import { runToRest } from './setup/run.ts';

let browser: Browser;
beforeAll(async () => void (browser = await launchBrowser()));
afterAll(() => browser.close());

/** Opens a page whose processor is slowed tenfold from before its first script. */
async function openSlowed(path: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 1000 } });
  const chromium: CDPSession = await page.context().newCDPSession(page);
  await chromium.send('Emulation.setCPUThrottlingRate', { rate: 10 });
  await openPage(page, origin() + path);
  return page;
}

test.each([
  ['/3-2-opening-handshake/', 0],
  ['/1-4-full-duplex/', 500],
  ['/2-4-server-sent-events/', 60],
])(
  'on a page that is slowed tenfold from before Run, no effect is before its cause: %s over a link of %d ms',
  { timeout: 120_000 },
  async (path, latency) => {
    const page = await openSlowed(path);
    await playgroundOf(page).latency.fill(String(latency));
    for (let run = 0; run < 3; run++) {
      const trace = await runToRest(page);
      expect(trace.events.length).toBeGreaterThan(20);
      // As of every run of these tests (runToRest); here it is what is tested.
      expect(effectsBeforeCauses(trace), `run ${run + 1}`).toEqual([]);
    }
    await page.close();
  },
);

/** Opens a page whose one thread is free for a moment only, now and then. */
async function openBlocked(path: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 1000 } });
  await openPage(page, origin() + path);
  await page.evaluate(() => {
    const block = (): void => {
      const until = performance.now() + 150;
      while (performance.now() < until);
      setTimeout(block, 10);
    };
    block();
  });
  return page;
}

test('nor on one that is blocked for whole tenths of a second while its clock is aligned and all through the run', async () => {
  const page = await openBlocked('/3-2-opening-handshake/');
  for (let run = 0; run < 3; run++) {
    const trace = await runToRest(page);
    expect(effectsBeforeCauses(trace), `run ${run + 1}`).toEqual([]);
  }
  await page.close();
});

test('what is drawn while a run goes on has no effect before its cause either', async () => {
  const page = await openBlocked('/3-2-opening-handshake/');
  const { run, region, timeline, latency } = playgroundOf(page);
  await latency.fill('0');
  await timeline.getByRole('button', { name: 'Show as table' }).click();
  // As written in the table each time that it changes: how long each frame took.
  await region.evaluate((element) => {
    const seen = new Set<string>();
    Object.assign(globalThis, { seen });
    new MutationObserver(() => {
      for (const cell of element.querySelectorAll('.tl-table td:nth-last-child(2)')) seen.add(cell.textContent);
    }).observe(element, { subtree: true, childList: true, characterData: true });
  });
  await run.click();
  await region.locator('.pg-state[data-state="resting"]').waitFor();
  const took = await page.evaluate(() => [...(globalThis as unknown as { seen: Set<string> }).seen]);
  expect(took.filter((words) => / ms$/.test(words)).length).toBeGreaterThan(0);
  expect(took.filter((words) => /[-−]\d/.test(words))).toEqual([]);
  await page.close();
});

test('from far away the server’s times are known by half of a round trip: the table and the text say so', async () => {
  await using distant = await startDistantServer(Number(new URL(origin()).port), 25);
  const page = await browser.newPage({ viewport: { width: 1440, height: 1000 } });
  await openPage(page, `${distant.origin}/playground/`);
  const { timeline, latency } = playgroundOf(page);
  await latency.fill('0');
  const trace = await runToRest(page);
  expect(effectsBeforeCauses(trace)).toEqual([]);
  // A round trip takes at least 50 ms, and how it is split nobody can tell.
  expect(trace.clock.uncertaintyMs).toBeGreaterThan(20);
  await timeline.getByRole('button', { name: 'Show as table' }).click();
  await timeline.getByText(/sent; server times are known to ± \d/).waitFor();
  await timeline.getByRole('button', { name: 'Show as text' }).click();
  await timeline.getByText(/^Server times are known to ± \d/).waitFor();
  await page.close();
});
