import type { BrowserContextOptions, Locator } from 'playwright';
import { describe, expect, test } from 'vitest';
import { origin, playgroundOf } from './setup/browser.ts';
import { browserForFile, newPage, page, wide } from './setup/pages.ts';

browserForFile();

const monacoFiles = /editor\.api|monaco|ts\.worker|tsMode/i;

/** Opens the empty playground; returns its editor, the light one or Monaco. */
async function open({ holdMonaco = false, ...options }: BrowserContextOptions & { holdMonaco?: boolean } = {}): Promise<Locator> {
  await newPage({ ...wide, ...options });
  if (holdMonaco) await page.route(monacoFiles, (route) => route.abort());
  await page.goto(`${origin()}/playground/`);
  const { region } = playgroundOf(page);
  await region.locator('textarea.ce-text').waitFor({ state: 'attached' });
  return region.getByRole('textbox', { name: /client\.ts, editor/ });
}

const monaco = (): Locator => page.locator('.ce-on');
/** Returns the code as the light editor or Monaco (which writes no-break spaces) shows it. */
const shown = async (): Promise<string> =>
  (await page.locator('.ce-on .view-lines, .ce-code').first().innerText()).replaceAll('\u00a0', ' ');
const focused = async (): Promise<string> =>
  await page.evaluate(() => document.activeElement?.ariaLabel ?? document.activeElement?.textContent ?? '');

test('the editor takes keys right after a click, where the click was, and Monaco takes over without losing one', async () => {
  const editor = await open();
  await editor.click({ position: { x: 600, y: 20 } });
  // Monaco takes over in a pause, so make many, each followed at once by keys.
  let typed = '';
  while ((await monaco().count()) === 0) {
    await page.keyboard.type('abcdefghijklmnopqrstuvwxyz', { delay: 5 });
    typed += 'abcdefghijklmnopqrstuvwxyz';
    await page.waitForTimeout(240 + (typed.length % 4) * 10);
  }
  await page.keyboard.type('END');
  await expect.poll(shown).toContain(`${typed}END`);
  expect(await focused()).toContain('client.ts, editor');
});

test('Monaco undoes and redoes what was typed before it took over', async () => {
  const editor = await open();
  const before = await shown();
  await editor.click({ position: { x: 600, y: 20 } });
  await page.keyboard.type('XY');
  await monaco().waitFor();
  await page.keyboard.type('ZW');
  await expect.poll(shown).toContain('XYZW');
  await page.keyboard.press('ControlOrMeta+z');
  await page.keyboard.press('ControlOrMeta+z');
  await expect.poll(shown).not.toContain('XY');
  expect((await shown()).split('\n')[0]).toBe(before.split('\n')[0]);
  await page.keyboard.press('ControlOrMeta+Shift+z');
  await expect.poll(shown).toContain('XY');
});

test('lines and their first characters stay in place when Monaco takes over', async () => {
  const editor = await open();
  /** Returns top, height and text start of the first and fourth line, in one go because Monaco redraws lines. */
  const places = async (lines: string): Promise<number[][]> =>
    await page.evaluate((selector) => {
      const all = [...document.querySelectorAll(selector)];
      return [all[0], all[3]].map((line) => {
        const { top, height } = line?.getBoundingClientRect() ?? new DOMRect();
        const text = document.createTreeWalker(line as Node, NodeFilter.SHOW_TEXT).nextNode() as Node;
        const range = document.createRange();
        range.selectNode(text);
        return [top, height, range.getBoundingClientRect().left].map(Math.round);
      });
    }, lines);
  const before = await places('.ce-line');
  await editor.click({ position: { x: 600, y: 20 } });
  await monaco().waitFor();
  expect(await places('.ce-on .view-line')).toEqual(before);
});

describe.each([
  ['without Monaco', true],
  ['with Monaco', false],
])('%s', (_name, holdMonaco) => {
  async function openFocused(): Promise<void> {
    const editor = await open({ holdMonaco });
    await editor.click({ position: { x: 600, y: 20 } });
    if (!holdMonaco) await monaco().waitFor();
  }

  test('Tab indents, and Escape then Tab leaves the editor', async () => {
    await openFocused();
    await page.keyboard.press('Home');
    await page.keyboard.press('Tab');
    await expect.poll(shown).toMatch(/^ {2}\/\//);
    expect(await focused()).toContain('client.ts, editor');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    expect(await focused()).not.toContain('client.ts, editor');
  });

  test('the line that a run failed on is marked until it is edited', async () => {
    await openFocused();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.insertText("const a = 1;\nthrow new Error('here');");
    await playgroundOf(page).run.click();
    await page.locator('.ce-wrong').first().waitFor();
    await page.getByRole('textbox', { name: /client\.ts, editor/ }).focus();
    await page.keyboard.type('x');
    await expect.poll(() => page.locator('.ce-wrong').count()).toBe(0);
  });

  test('Reset puts the code back, and undo brings the edit back', async () => {
    await openFocused();
    await page.keyboard.type('MINE');
    await expect.poll(shown).toContain('MINE');
    await playgroundOf(page).reset.click();
    await expect.poll(shown).not.toContain('MINE');
    await page.getByRole('textbox', { name: /client\.ts, editor/ }).focus();
    await page.keyboard.press('ControlOrMeta+z');
    await expect.poll(shown).toContain('MINE');
  });
});

test('on a touch screen Monaco is not fetched, and the page does not scroll sideways', async () => {
  const requests: string[] = [];
  const editor = await open({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  page.on('request', (request) => requests.push(request.url()));
  await editor.tap();
  await page.keyboard.type('const veryLong = "'.padEnd(200, 'x'));
  await expect.poll(shown).toContain('veryLong');
  expect(requests.filter((url) => monacoFiles.test(url))).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
});

test('without JavaScript the code is shown, highlighted, named, and scrollable by keyboard', async () => {
  await newPage({ javaScriptEnabled: false });
  await page.goto(`${origin()}/playground/`);
  const code = playgroundOf(page).region.getByRole('region', { name: 'client.ts' });
  expect(await code.innerText()).toContain("new WebSocket('/echo')");
  expect(await code.locator('.ce-keyword').count()).toBeGreaterThan(0);
  expect(await code.getAttribute('tabindex')).toBe('0');
});
