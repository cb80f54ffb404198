import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it, test } from 'vitest';
import { diagramInFence } from '../scripts/diagrams/diagram.ts';
import { drawingName } from '../scripts/diagrams/drawing-name.ts';
import { Drawings } from '../scripts/diagrams/drawings.ts';
import { launchBrowser, origin } from './setup/browser.ts';
import { coldLoad } from './setup/cold-load.ts';
import { startDiagramSite } from './setup/diagram-site.ts';
import type { RunningServer } from './setup/server.ts';
import { desktop, phone, setTheme } from './setup/visit.ts';

const talk = (name: string): string =>
  ['sequenceDiagram', `  accTitle: ${name}`, '  accDescr: The client asks & the server answers.']
    .concat(['  participant client', '  participant server', '  client->>server: a question', '  server->>client: an answer'])
    .join('\n');
const fence = (text: string): string => `\`\`\`mermaid\n${text}\n\`\`\`\n\n`;
const refused = talk('Not a diagram').replace('client->>server', 'client to server');
/** Longer than a screen, and longer than the distance that a page draws ahead. */
const long = 'Words between one thing and the next.\n\n'.repeat(80);

/** Draws a diagram like a build that finds a Chromium but no drawing. Returns the drawing and its name. */
async function drawn(page: string, text: string): Promise<{ name: string; svg: string }> {
  const diagram = diagramInFence(`${page}/index.mdx`, 1, text);
  const cache = mkdtempSync(join(tmpdir(), 'drawings-'));
  const places = { kept: cache, cache, warn: () => undefined };
  const svg = (await new Drawings({ ...places, findBrowser: () => inject('chromium') }).of(diagram)) ?? '';
  const name = drawingName(diagram);
  expect(readdirSync(cache)).toEqual([name]);
  // The next build finds it without a browser.
  expect(await new Drawings({ ...places, findBrowser: () => undefined }).of(diagram)).toBe(svg);
  return { name, svg };
}

let site: RunningServer | undefined;
let browser: Browser;
let drawing: { name: string; svg: string };
beforeAll(async () => {
  browser = await launchBrowser();
  drawing = await drawn('drawn', talk('Drawn ahead'));
  const pages = {
    plain: 'No diagram.',
    drawn: `Above.\n\n${fence(talk('Drawn ahead'))}Below.`,
    undrawn: `${long}${fence(talk('Drawn here'))}${fence(refused)}Below.`,
  };
  site = await startDiagramSite(pages, { [drawing.name]: drawing.svg });
});
afterAll(async () => {
  await browser.close();
  await site?.stop();
});

const figure = (page: Page, name: string): Locator => page.getByRole('figure', { name, exact: true });

/** Returns a drawing without its ids and measures; the measures depend on which face had loaded in time. */
const shapeOf = (svg: string): string => svg.replace(/d-[\w-]+/g, 'id').replace(/-?\d+(\.\d+)?/g, '0');

describe('a page whose diagrams are drawn', () => {
  const scripts = (page: Page): Promise<string[]> =>
    page.locator('script').evaluateAll((all) => all.map((script) => (script as HTMLScriptElement).src || script.textContent));

  it('shows the drawing in a figure with a name and words, and has no script for it', async () => {
    const without = await coldLoad(browser, `${site?.origin}/plain/`, desktop, ({ page }) => scripts(page));
    await coldLoad(browser, `${site?.origin}/drawn/`, desktop, async ({ page, complaints }) => {
      const shown = figure(page, 'Drawn ahead');
      await shown.scrollIntoViewIfNeeded();
      expect(await shown.locator('figcaption').innerText()).toBe('The client asks & the server answers.');
      const svg = await shown.locator('.drawing[aria-hidden=true] > svg').evaluate((svg) => svg.outerHTML);
      expect(shapeOf(svg)).toBe(shapeOf(await asInPage(page, drawing.svg)));
      expect(await scripts(page)).toEqual(without);
      expect(complaints).toEqual([]);
    });
  });

  it('loads no Mermaid, if it is a lesson', async () => {
    await coldLoad(browser, `${origin()}/3-2-opening-handshake/`, desktop, async ({ page, settled, weight }) => {
      await figure(page, 'The opening handshake and the first two frames').scrollIntoViewIfNeeded();
      await settled();
      const { detail } = await weight();
      expect(detail.filter((line) => /mermaid|draw-/i.test(line))).toEqual([]);
      expect(await page.locator('[data-draw]').count()).toBe(0);
    });
  });
});

/** Returns an SVG as the page would write it. */
async function asInPage(page: Page, svg: string): Promise<string> {
  return await page.evaluate((text) => Object.assign(document.createElement('div'), { innerHTML: text }).innerHTML, svg);
}

describe.each([
  ['desktop', desktop],
  ['phone', phone],
])('a page with an undrawn diagram, on a %s', (_, device) => {
  it('draws it when the reader comes near, just like the build, in the colours of both themes', async () => {
    await coldLoad(browser, `${site?.origin}/undrawn/`, device, async ({ page, settled, weight, complaints }) => {
      const shown = figure(page, 'Drawn here');
      const isMermaid = async (): Promise<boolean> => (await weight()).detail.some((line) => line.includes('/draw-in-page.'));
      expect(await shown.locator('pre').innerText()).toContain('client->>server: a question');
      expect(await isMermaid()).toBe(false);

      await shown.scrollIntoViewIfNeeded();
      const svg = shown.locator('.drawing[aria-hidden=true] > svg');
      await svg.waitFor();
      await settled();
      expect(await isMermaid()).toBe(true);
      expect(shapeOf(await svg.evaluate((drawn) => drawn.outerHTML))).toBe(shapeOf(await asInPage(page, drawing.svg)));
      expect(await shown.locator('pre').count()).toBe(0);
      expect(await shown.locator('figcaption').innerText()).toBe('The client asks & the server answers.');
      expect(await page.locator('body > [id^=d]').count()).toBe(0);

      const colours = async (theme: 'light' | 'dark'): Promise<string[]> => {
        await setTheme(page, theme);
        return await svg.evaluate((drawn) =>
          ['.to-server', '.to-client', 'rect.actor'].map((part) => {
            const { stroke, fill } = getComputedStyle(drawn.querySelector(part) ?? drawn);
            return `${stroke} ${fill}`;
          }),
        );
      };
      const [light, dark] = [await colours('light'), await colours('dark')];
      expect(new Set([...light, ...dark]).size).toBe(6);
      expect(complaints).toEqual([]);
    });
  });
});

test('a page that cannot draw a diagram says so, and shows the source', async () => {
  await coldLoad(browser, `${site?.origin}/undrawn/`, desktop, async ({ page }) => {
    const shown = figure(page, 'Not a diagram');
    await shown.scrollIntoViewIfNeeded();
    await shown.getByRole('alert').waitFor();
    expect(await shown.getByRole('alert').innerText()).toMatch(
      /^This diagram could not be drawn here \(.+\)\. This is its source:$/s,
    );
    expect(await shown.locator('pre').innerText()).toBe(refused);
    expect(await page.locator('body > [id^=d]').count()).toBe(0);
    // The page still draws the other one.
    await figure(page, 'Drawn here').locator('svg').waitFor();
  });
});

test('without JavaScript, an undrawn diagram shows its source and its words', async () => {
  const page = await browser.newPage({ ...desktop, javaScriptEnabled: false });
  await page.goto(`${site?.origin}/undrawn/`);
  const shown = figure(page, 'Drawn here');
  expect(await shown.locator('pre').innerText()).toBe(talk('Drawn here'));
  expect(await shown.locator('figcaption').isVisible()).toBe(true);
  await page.close();
});
