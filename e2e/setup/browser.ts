/** The browser of the tests: the system's Chromium, kept from talking to anything but the server under test. */
import { type Browser, chromium, type Locator, type Page } from 'playwright';
import { inject } from 'vitest';

const quiet = [
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Features to switch off. Only the last such flag counts, so Playwright's own list is here too. The rest are pop-ups of the
 * address bar, which nobody sees: they cost two more processes per window, half of the time that a new page took.
 */
const switchedOff = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'WebUIOmniboxFullPopup',
];

/** Starts a browser with these extra flags; close it in `afterAll`. */
export async function launchBrowser(flags: readonly string[] = []): Promise<Browser> {
  return await chromium.launch({
    executablePath: inject('chromium'),
    args: ['--no-sandbox', '--disable-gpu', `--disable-features=${switchedOff.join(',')}`, ...quiet, ...flags],
  });
}

/** Returns the origin of the server that all tests share, such as `http://localhost:40123`. */
export function origin(): string {
  return inject('origin');
}

/** Opens a page and waits until its playgrounds take input. */
export async function openPage(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.waitForFunction(() => document.querySelector('astro-island[ssr]') === null);
}

/** The parts of a playground, found by role and name as the design's contract says. */
export interface PlaygroundParts {
  region: Locator;
  run: Locator;
  stop: Locator;
  reset: Locator;
  console: Locator;
  timeline: Locator;
  frame: Locator;
  state: Locator;
  latency: Locator;
}

/** Returns the first playground of a page, or of a part of it. */
export function playgroundOf(page: Page, within: Page | Locator = page): PlaygroundParts {
  const region = within.getByRole('region', { name: 'Playground' }).first();
  const button = (name: string): Locator => region.getByRole('button', { name, exact: true });
  return {
    region,
    run: button('Run'),
    stop: button('Stop'),
    reset: button('Reset'),
    console: region.getByRole('log', { name: 'Console' }),
    timeline: region.getByRole('figure', { name: 'Timeline' }),
    frame: region.getByRole('region', { name: /^Frame/ }),
    state: region.locator('.pg-state'),
    latency: region.getByRole('slider', { name: 'Latency' }),
  };
}

/** Opens the table of a playground that has run, and chooses the first text frame that client A sent. */
export async function chooseSentText({ timeline }: PlaygroundParts): Promise<void> {
  await timeline.getByRole('button', { name: 'Show as table' }).click();
  await timeline
    .getByRole('row', { name: /client A → server.*text/ })
    .first()
    .getByRole('button')
    .click();
}
