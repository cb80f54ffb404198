/** However busy the page is, all times are on one clock: a run never shows an effect before its cause. */
import type { CDPSession, Page } from 'playwright';
import { expect, test } from 'vitest';
import { effectsBeforeCauses } from '../protocol/trace/effects-before-causes.ts';
import { openPage, origin, playgroundOf } from './setup/browser.ts';
import { startDistantServer } from './setup/hosts/distant-server.ts';
import { browser, browserForFile, newPage, wide } from './setup/pages.ts';
import { runToRest } from './setup/run.ts';

browserForFile();

/** Opens a page with its CPU slowed tenfold before its first script runs. */
async function openSlowed(path: string): Promise<Page> {
  const page = await newPage(wide);
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
  'a page slowed tenfold before Run shows no effect before its cause: %s over a link of %d ms',
  { timeout: 120_000 },
  async (path, latency) => {
    const page = await openSlowed(path);
    await playgroundOf(page).latency.fill(String(latency));
    for (let run = 0; run < 3; run++) {
      const trace = await runToRest(page);
      expect(trace.events.length).toBeGreaterThan(20);
      // runToRest checks this for every run; here it is the point of the test.
      expect(effectsBeforeCauses(trace), `run ${run + 1}`).toEqual([]);
    }
  },
);

/** Opens a page whose main thread is blocked for 150 ms at a time, with 10 ms between. */
async function openBlocked(path: string): Promise<Page> {
  const page = await newPage(wide);
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

test('a page blocked for tenths of a second during clock alignment and the run shows no effect before its cause', async () => {
  const page = await openBlocked('/3-2-opening-handshake/');
  for (let run = 0; run < 3; run++) {
    const trace = await runToRest(page);
    expect(effectsBeforeCauses(trace), `run ${run + 1}`).toEqual([]);
  }
});

test('a run is drawn with no effect before its cause while it goes on', async () => {
  const page = await openBlocked('/3-2-opening-handshake/');
  const { run, region, timeline, latency } = playgroundOf(page);
  await latency.fill('0');
  await timeline.getByRole('button', { name: 'Show as table' }).click();
  // Collect every duration that the table shows for a frame, each time that it changes.
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
});

test('the table and the text say that a distant server’s times are known only to half a round trip', async () => {
  await using distant = await startDistantServer(Number(new URL(origin()).port), 25);
  await using page = await browser.newPage(wide);
  await openPage(page, `${distant.origin}/playground/`);
  const { timeline, latency } = playgroundOf(page);
  await latency.fill('0');
  const trace = await runToRest(page);
  expect(effectsBeforeCauses(trace)).toEqual([]);
  // A round trip takes at least 50 ms, and nobody can tell how it is split.
  expect(trace.clock.uncertaintyMs).toBeGreaterThan(20);
  await timeline.getByRole('button', { name: 'Show as table' }).click();
  await timeline.getByText(/sent; server times are known to ± \d/).waitFor();
  await timeline.getByRole('button', { name: 'Show as text' }).click();
  await timeline.getByText(/^Server times are known to ± \d/).waitFor();
});
