/** Debian's Firefox ESR, driven over WebDriver BiDi. */
import { setTimeout as wait } from 'node:timers/promises';
import puppeteer, { type ElementHandle, type KeyInput, type Page } from 'puppeteer-core';
import type { Engine, EnginePage, Likes, Target } from './engine.ts';
import { findElement } from './find-element.ts';
import { eventually } from './eventually.ts';
import { isPressed, pressOnce, untilStill } from './press.ts';

/** Starts a headless Firefox from the path `executable`. `preferences` are added to those of the tests. */
export async function launchFirefox(
  executable: string,
  { lessMotion = false }: Likes = {},
  preferences: Readonly<Record<string, boolean>> = {},
): Promise<Engine> {
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: executable,
    headless: true,
    protocolTimeout: 120_000,
    extraPrefsFirefox: { ...quiet, 'ui.prefersReducedMotion': lessMotion ? 1 : 0, ...preferences },
  });
  return {
    name: 'firefox',
    // Open a window for each page: Firefox delays timers in a tab that is not shown.
    newPage: async () => await pageOf(await browser.newPage({ type: 'window' })),
    async close() {
      // A browser that is busy with what a page left behind may never close.
      const isClosed = await Promise.race([browser.close().then(() => true), wait(patience, false, { ref: false })]);
      if (!isClosed) browser.process()?.kill('SIGKILL');
    },
  };
}

/** How long a browser may take to close, ms. */
const patience = 20_000;

/** Keeps Firefox from asking anything but the server under test, and gives the reader a mouse. */
const quiet = {
  'app.update.auto': false,
  'browser.safebrowsing.downloads.enabled': false,
  'browser.safebrowsing.malware.enabled': false,
  'browser.safebrowsing.phishing.enabled': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'extensions.getAddons.cache.enabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'services.settings.server': 'http://127.0.0.1:9/',
  // Pretend to have a mouse (fine, and it hovers): the test machine may have none.
  'ui.primaryPointerCapabilities': 6,
  'ui.allPointerCapabilities': 6,
};

async function pageOf(page: Page): Promise<EnginePage> {
  const said: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warn') said.push(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => void said.push(`error: ${error instanceof Error ? error.message : String(error)}`));
  await page.setViewport({ width: 1440, height: 900 });
  const find = async ({ role, name, within }: Target): Promise<ElementHandle> =>
    await eventually(`${role} "${name}"`, async () => {
      const handle = await page.evaluateHandle(findElement, role, name, within ?? null);
      return (handle.asElement() as ElementHandle | null) ?? undefined;
    });
  return {
    open: async (address) => void (await page.goto(address, { waitUntil: 'load' })),
    evaluate: async (ask, ...args) => (await page.evaluate(ask as unknown as (...args: unknown[]) => unknown, ...args)) as never,
    async click(target) {
      const element = await find(target);
      await pressOnce(target.name, {
        begin: () => page.evaluate(() => Object.assign(globalThis, { isPressed: false })),
        untilStill: () => element.evaluate(untilStill),
        press: () => element.click(),
        // Pressing a link takes the page away.
        isPressed: () => page.evaluate(isPressed).catch(() => undefined),
      });
    },
    type: (text) => page.keyboard.type(text),
    async press(key, ...modifiers) {
      for (const modifier of modifiers) await page.keyboard.down(modifier);
      await page.keyboard.press(key as KeyInput);
      for (const modifier of modifiers.toReversed()) await page.keyboard.up(modifier);
    },
    async chooseFile(selector, path) {
      const input = (await page.waitForSelector(selector)) as ElementHandle<HTMLInputElement>;
      await input.uploadFile(path);
    },
    screenshot: () => page.screenshot(),
    resize: (width, height) => page.setViewport({ width, height }),
    complaints: () => said.splice(0),
    close: () => page.close(),
  };
}
