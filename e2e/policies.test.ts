/**
 * Uses the pages by hand, as readers do, and checks that their own policies forbid nothing that they need. pages.test.ts checks
 * this for each page as it is opened and read.
 */
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { BrowserContext, Page } from 'playwright';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chooseSentText, openPage, origin, playgroundOf } from './setup/browser.ts';
import { collectComplaints } from './setup/complaints.ts';
import { browser, browserForFile, wide } from './setup/pages.ts';
import { runToRest } from './setup/run.ts';

let context: BrowserContext;
let page: Page;
let complaints: string[];
browserForFile();
beforeEach(async () => {
  context = await browser.newContext(wide);
  complaints = await collectComplaints(context);
  page = await context.newPage();
});
afterEach(() => context.close());

/** Waits for a turn of the page's event loop, so that all complaints have arrived. */
const settled = async (): Promise<void> => {
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
};

describe('with nothing forbidden and nothing on the console', () => {
  afterEach(async () => {
    await settled();
    expect(complaints).toEqual([]);
  });

  test('Monaco opens, colours, checks types in its Worker and shows what it found', async () => {
    await openPage(page, `${origin()}/playground/`);
    const editor = page.getByRole('textbox', { name: 'client.ts, editor' });
    await editor.click();
    await page.locator('.ce-on').waitFor();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.insertText('const n: number = "text";\n');
    await page.locator('.squiggly-error').waitFor();
    await page.keyboard.press('F8');
    await page.locator('.zone-widget').getByText("Type 'string' is not assignable to type 'number'.").first().waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('ControlOrMeta+End');
    await page.keyboard.type('WebSock');
    await page.locator('.suggest-widget').getByText('WebSocket').first().waitFor();
    await page.keyboard.press('ControlOrMeta+f');
    await page.locator('.find-widget.visible').waitFor();
    const colours = await page
      .locator('.ce-on .view-line span span')
      .evaluateAll((words) => words.map((word) => getComputedStyle(word).color));
    expect(new Set(colours).size).toBeGreaterThan(1);
  });

  test('a program runs, is seen frame by frame, saved, drawn as SVG and PNG, and shared', async () => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: origin() });
    await openPage(page, `${origin()}/playground/`);
    const parts = playgroundOf(page);
    const { region, frame } = parts;
    await runToRest(page);
    await chooseSentText(parts);
    await frame.getByText(/^Sent$/).waitFor();
    for (const choice of ['Save trace', 'Export HAR', 'Export pcapng', 'Picture as SVG', 'Picture as PNG']) {
      await region.locator('summary', { hasText: 'Trace' }).click();
      const [download] = await Promise.all([page.waitForEvent('download'), region.getByRole('button', { name: choice }).click()]);
      await download.path();
    }
    await region.getByRole('button', { name: 'Share' }).click();
    await region.getByText('The address of this program is on the clipboard.').waitFor();
  });

  test('an exercise is checked, hinted at and solved', async () => {
    await openPage(page, `${origin()}/1-4-full-duplex/`);
    const { region } = playgroundOf(page, page.locator('[data-example="1-4-full-duplex/two-each-way"]'));
    await region.getByRole('button', { name: 'Check' }).click();
    await region.locator('.pg-verdict').filter({ hasText: /\S/ }).waitFor();
    await region.getByRole('button', { name: 'Hint' }).click();
    await region.getByRole('button', { name: 'Solution' }).click();
    await region.getByRole('tab', { name: 'solution.ts' }).waitFor();
  });

  test('a frame whose bits were flipped is sent to the server', async () => {
    await openPage(page, `${origin()}/3-3-frames/`);
    const picture = page.getByRole('region', { name: 'A frame, bit by bit' });
    await picture.getByRole('button', { name: 'Flip its bits' }).click();
    await picture.getByRole('button', { name: 'RSV1: 0' }).click();
    await picture.getByRole('button', { name: 'Send these bytes to the server' }).click();
    await picture.getByText(/close 1002, protocol error/).waitFor();
  });

  test('the same job is done in five ways, one after the other', { timeout: 120_000 }, async () => {
    await openPage(page, `${origin()}/2-6-five-ways/`);
    await page.locator('[data-same-job]').hover();
    const job = page.getByRole('region', { name: 'The same job, several ways' });
    await job.getByRole('slider', { name: 'Updates', exact: true }).fill('2');
    await job.getByRole('button', { name: 'Run all' }).click();
    await job.locator('.sj-said').filter({ hasText: 'These are your runs.' }).waitFor({ timeout: 60_000 });
  });

  test('the theme changes, and search finds a page and opens it', async () => {
    await openPage(page, `${origin()}/`);
    await page.getByRole('button', { name: 'Dark theme' }).click();
    await page.keyboard.press('Control+k');
    await page.getByRole('searchbox', { name: 'Search the lessons' }).fill('masking');
    await page.getByRole('dialog').getByRole('link').first().click();
    await page.waitForURL(/\/[^/]+\//);
  });

  test('traces are opened and compared on their page', async () => {
    await openPage(page, `${origin()}/trace/#src=/trace/1-4-full-duplex/crossing.json`);
    await page.getByRole('figure', { name: 'Timeline' }).first().waitFor();
    await page.locator('.tp-bar input').setInputFiles(
      ['a.json', 'b.json'].map((name) => ({
        name,
        mimeType: 'application/json',
        buffer: Buffer.from(JSON.stringify(emptyRun)),
      })),
    );
    await page.locator('table.cmp').waitFor();
  });

  test('a trace is shown in a page of another site', async () => {
    const server = createServer((_, response) => {
      const frame = `<iframe width="900" height="700" src="${origin()}/trace/embed/?src=/trace/1-4-full-duplex/crossing.json"></iframe>`;
      response
        .setHeader('Content-Type', 'text/html')
        .end(`<!doctype html><title>x</title><link rel="icon" href="data:,">${frame}`);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await page.frameLocator('iframe').getByRole('figure', { name: 'Timeline' }).waitFor();
    server.close();
  });
});

const emptyRun = {
  version: 1,
  network: 'live',
  clock: { offsetMs: 0, uncertaintyMs: 0 },
  connections: [{ id: 'A1', client: 'A', url: '/echo' }],
  events: [],
};

describe('markup that gets into a page', () => {
  test('runs no script, loads and connects to nothing elsewhere, and is reported', async () => {
    const heard: string[] = [];
    const elsewhere = createServer((request, response) => {
      heard.push(request.url ?? '');
      response
        .writeHead(200, { 'access-control-allow-origin': '*', 'content-type': 'text/javascript' })
        .end('globalThis.ran = true;');
    }).listen(0);
    await once(elsewhere, 'listening');
    const address = `http://localhost:${(elsewhere.address() as AddressInfo).port}`;
    await openPage(page, `${origin()}/playground/`);
    // Insert what a fault of ours might let in: markup, and what comes with it.
    await page.evaluate(async (there) => {
      document.body.insertAdjacentHTML(
        'beforeend',
        `<img src="x:" onerror="globalThis.ran = true"><img src="${there}/picture"><iframe srcdoc="<script>parent.ran = true</script>"></iframe>
         <iframe src="${there}/frame"></iframe><a id="in" href="javascript:globalThis.ran = true">x</a><link rel="stylesheet" href="${there}/style"><link rel="prefetch" href="${there}/prefetch"><link rel="preload" as="image" href="${there}/preload">
         <form id="form" action="${there}/form"></form><object data="${there}/object"></object>`,
      );
      for (const script of [{ textContent: 'globalThis.ran = true' }, { src: `${there}/script` }]) {
        document.body.append(Object.assign(document.createElement('script'), script));
      }
      (document.getElementById('in') as HTMLElement).click();
      (document.getElementById('form') as HTMLFormElement).submit();
      await fetch(`${there}/fetch`).catch(() => undefined);
      navigator.sendBeacon(`${there}/beacon`);
      // Use a separate turn: code that a test evaluates may itself evaluate.
      setTimeout(() => (0, eval)('globalThis.ran = true'));
      setTimeout('globalThis.ran = true');
      await new Promise((resolve) => setTimeout(resolve, 300));
    }, address);
    await page.evaluate(`import('${address}/import').catch(() => undefined)`);
    elsewhere.close();
    expect(await page.evaluate(() => (globalThis as { ran?: boolean }).ran)).toBe(undefined);
    expect(heard).toEqual([]);
    const forbidden = new Set(complaints.map((told) => / (\S+) forbids /.exec(told)?.[1]));
    for (const directive of ['script-src-elem', 'script-src-attr', 'script-src', 'style-src-elem', 'img-src', 'frame-src']) {
      expect(forbidden).toContain(directive);
    }
    for (const directive of ['object-src', 'connect-src', 'form-action']) expect(forbidden).toContain(directive);
  });
});
