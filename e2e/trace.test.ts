import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Locator, Page } from 'playwright';
import { beforeEach, describe, expect, test } from 'vitest';
import { framesOf } from '../protocol/export/corpus-for-tests.ts';
import type { Har } from '../protocol/export/har.ts';
import { dissect, tsharkVersion } from '../protocol/export/tshark-for-tests.ts';
import { readTrace, type Trace } from '../protocol/trace/trace.ts';
import { axeViolations } from './setup/axe.ts';
import { openPage, origin, playgroundOf } from './setup/browser.ts';
import { page, pageForEachTest } from './setup/pages.ts';
import { runToRest } from './setup/run.ts';

pageForEachTest();

const example = '/trace/1-4-full-duplex/crossing.json';

/** Makes a choice from the trace menu; returns the downloaded file. */
async function saved(choice: string, within: Page | Locator = page): Promise<{ name: string; bytes: Buffer }> {
  await within.locator('summary', { hasText: 'Trace' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    within.getByRole('button', { name: choice, exact: false }).click(),
  ]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

const file = (name: string, text: string) => ({ name, mimeType: 'application/json', buffer: Buffer.from(text) });

/** Drops files, given as names and texts, by events that the browser makes as for a hand. */
async function drop(target: Locator, ...files: string[]): Promise<void> {
  const dataTransfer = await page.evaluateHandle((pairs) => {
    const transfer = new DataTransfer();
    for (let i = 0; i < pairs.length; i += 2)
      transfer.items.add(new File([pairs[i + 1] as string], pairs[i] as string, { type: 'application/json' }));
    return transfer;
  }, files);
  await target.dispatchEvent('dragover', { dataTransfer });
  await target.dispatchEvent('drop', { dataTransfer });
}

describe('the trace of the reader’s own run', () => {
  let trace: Trace;
  beforeEach(async () => {
    await openPage(page, `${origin()}/playground/`);
    trace = await runToRest(page);
  });

  test('is saved as JSON that opens as the same trace', async () => {
    const { name, bytes } = await saved('Save trace');
    expect(name).toBe('trace.json');
    const opened = readTrace(bytes.toString());
    // The server's last events may arrive after the run has come to rest.
    expect(opened).toMatchObject({ clock: trace.clock, connections: trace.connections });
    expect(opened.events).toEqual(expect.arrayContaining(trace.events));
  });

  test.skipIf(!tsharkVersion)(
    'exports as pcapng in which tshark sees the same frames (skipped if tshark is not installed)',
    async () => {
      const { name, bytes } = await saved('Export pcapng');
      expect(name).toBe('trace.pcapng');
      const seen = dissect(bytes).frames.map(({ stream: _, fromServer, ...frame }) => ({
        connection: 'A1',
        direction: fromServer ? 'server-to-client' : 'client-to-server',
        ...frame,
      }));
      expect(seen).toEqual(framesOf(trace));
      expect(seen.length).toBeGreaterThan(3);
    },
  );

  test('exports as HAR with its messages', async () => {
    const { log } = JSON.parse((await saved('Export HAR')).bytes.toString()) as Har;
    expect(log.entries.map(({ response }) => response.status)).toEqual([101]);
    expect(log.entries[0]?._webSocketMessages?.filter(({ opcode }) => opcode === 1)).toMatchObject([
      { type: 'send', data: 'Hello' },
      { type: 'receive', data: 'Hello' },
    ]);
  });

  test('exports as an SVG that needs no style sheet, and as a PNG of twice its size', async () => {
    const svg = (await saved('Picture as SVG')).bytes.toString();
    expect(svg).toContain('width="960"');
    expect(svg).not.toMatch(/class=|var\(/);
    expect(svg).toContain('>Hello</text>');
    expect(svg).toMatch(/@font-face \{[^}]*Source Sans 3[^}]*data:font\/woff2;base64,d09GMg/);
    const png = (await saved('Picture as PNG')).bytes;
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect(png.readUInt32BE(16)).toBe(1920);
    // A blank picture would be a few hundred bytes.
    expect(png.length).toBeGreaterThan(8000);
  });

  test('gives way to an opened trace, which Check does not take for a run, and comes back with Run', async () => {
    const { timeline, console: log } = playgroundOf(page);
    const text = await (await page.request.get(origin() + example)).text();
    await drop(timeline, 'crossing.json', text);
    await log.getByText('The timeline shows crossing.json.').waitFor();
    await timeline.getByRole('button', { name: 'Show as table' }).click();
    await timeline.locator('tbody tr').first().waitFor();
    expect(await timeline.locator('tbody tr').count()).toBeGreaterThan(20);
    expect((await runToRest(page)).connections.map(({ url }) => url)).toEqual(['/echo']);
  });

  test('stays if a dropped file is not a trace of ours, and the console says why', async () => {
    const { timeline, console: log } = playgroundOf(page);
    await drop(timeline, 'notes.json', '{"log":{}}');
    await log.getByText('notes.json: Cannot read trace: the file has no "version", so it is not a trace.').waitFor();
  });
});

describe('/trace/', () => {
  const name = (): Locator => page.locator('.tp-name');
  const rows = async (): Promise<number> => {
    await page.getByRole('button', { name: 'Show as table' }).click();
    await page.locator('.tl-table tbody tr').first().waitFor();
    return await page.locator('.tl-table tbody tr').count();
  };
  beforeEach(async () => void (await openPage(page, `${origin()}/trace/`)));

  test('shows an example before anything is opened: timeline, table, measures, figures and frame', async () => {
    expect(await rows()).toBeGreaterThan(20);
    await page.locator('.tl-table tbody tr').nth(4).getByRole('button').click();
    await expect.poll(() => page.getByRole('region', { name: 'Frame', exact: true }).innerText()).toContain('FIN');
    expect(await page.getByText('most in flight').isVisible()).toBe(true);
    expect(await page.locator('.tv-figures').innerText()).toContain('Clocks agree to');
  });

  test('opens a chosen file and says which it is', async () => {
    const text = await (await page.request.get(`${origin()}/trace/playground/empty.json`)).text();
    await page.locator('.tp-bar input').setInputFiles(file('mine.json', text));
    await expect.poll(() => name().innerText()).toBe('mine.json');
    expect(await rows()).toBeLessThan(10);
  });

  test('opens a file that is dropped anywhere on the page', async () => {
    const text = await (await page.request.get(`${origin()}/trace/playground/empty.json`)).text();
    await drop(page.locator('h1'), 'dropped.json', text);
    await expect.poll(() => name().innerText()).toBe('dropped.json');
  });

  test.each([
    ['hello', 'Cannot read trace: the file is not JSON.'],
    ['{"log":{"version":"1.2"}}', 'Cannot read trace: the file has no "version", so it is not a trace.'],
    [
      '{"version":2}',
      'Cannot read trace: it has version 2; this page reads version 1, so it comes from a newer Duplex Playground.',
    ],
    [
      '{"version":1,"clock":{"offsetMs":0,"uncertaintyMs":0},"connections":[],"events":[{}]}',
      'Cannot read trace: event 1 cannot be drawn, it has no "name".',
    ],
  ])('says of a file with %s: %s', async (text, message) => {
    await page.locator('.tp-bar input').setInputFiles(file('x.json', text));
    await expect.poll(() => page.getByRole('alert').innerText()).toBe(`x.json: ${message}`);
  });

  test('opens an address of this site in #src=, and refuses one of another', async () => {
    await openPage(page, `${origin()}/trace/?1#src=/trace/playground/empty.json`);
    await expect.poll(() => name().innerText()).toBe('/trace/playground/empty.json');
    await openPage(page, `${origin()}/trace/?2#src=http://other.invalid/x.json`);
    await expect.poll(() => page.getByRole('alert').innerText()).toContain('it is not an address of this site');
    await openPage(page, `${origin()}/trace/?3#src=/no-such.json`);
    await expect.poll(() => page.getByRole('alert').innerText()).toBe('Cannot open /no-such.json: the server answered 404.');
  });
});

describe('traces compared on /trace/', () => {
  let empty: string;
  let crossing: string;
  const columns = (): Promise<string[]> => page.locator('table.cmp thead th').allInnerTexts();
  const button = (called: string): Locator => page.getByRole('button', { name: called, exact: true });
  beforeEach(async () => {
    await openPage(page, `${origin()}/trace/`);
    empty = await (await page.request.get(`${origin()}/trace/playground/empty.json`)).text();
    crossing = await (await page.request.get(origin() + example)).text();
  });

  test('are the shown one and those chosen, named after their files, without an axe violation', async () => {
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), button('Compare with…').click()]);
    await chooser.setFiles([file('mine.json', empty), file('yours.json', crossing)]);
    await expect.poll(columns, { timeout: 10_000 }).toEqual(['Figure', 'Lesson 1.4', 'mine', 'yours']);
    expect(await page.locator('.tp-name').innerText()).toBe('3 traces on one axis of time');
    expect(await page.getByRole('figure', { name: 'Timeline' }).innerText()).toContain('yours');
    expect(await axeViolations(page)).toEqual([]);
  });

  test('can be dropped several at once, and shown alone by keyboard with the focus kept on the page', async () => {
    await drop(page.locator('h1'), 'a.json', empty, 'b.json', crossing, 'a.json', empty);
    await expect.poll(columns, { timeout: 10_000 }).toEqual(['Figure', 'a', 'b', 'a (2)']);
    await button('Remove a (2)').press('Enter');
    await expect.poll(columns, { timeout: 10_000 }).toEqual(['Figure', 'a', 'b']);
    expect(await button('Compare with…').evaluate((element) => element === document.activeElement)).toBe(true);
    await button('Show alone: b').press('Space');
    await expect.poll(() => page.locator('.tp-name').innerText()).toBe('b.json');
    expect(await page.locator('table.cmp').count()).toBe(0);
  });

  test('can be dropped on the picture itself', async () => {
    await drop(page.getByRole('figure', { name: 'Timeline' }), 'a.json', empty, 'b.json', crossing);
    await expect.poll(columns, { timeout: 10_000 }).toEqual(['Figure', 'a', 'b']);
  });

  test('are five at most, and the page names those left out and those that cannot be read', async () => {
    const six = ['1', '2', '3', '4', '5', '6'].map((one) => file(`${one}.json`, empty));
    await page.locator('.tp-bar input').setInputFiles([file('x.json', 'hello'), ...six]);
    await expect.poll(columns, { timeout: 10_000 }).toEqual(['Figure', '1', '2', '3', '4', '5']);
    expect(await page.getByRole('alert').innerText()).toBe(
      'x.json: Cannot read trace: the file is not JSON. At most 5 traces are compared: 6 is left out.',
    );
  });
});

describe('/trace/embed/', () => {
  test('may be framed by a page of another site, and no other page may', async () => {
    const frames = ['/trace/embed/?src=' + example, '/trace/'].map(
      (path) => `<iframe width=900 height=700 src="${origin()}${path}"></iframe>`,
    );
    const server = createServer((_, response) => {
      response.setHeader('Content-Type', 'text/html');
      response.end(`<!doctype html><title>Other</title>${frames.join('')}`);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    try {
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
      const shown = page.frameLocator('iframe').first();
      await shown.getByRole('figure', { name: 'Timeline' }).waitFor();
      expect(await shown.locator('.tv-figures').innerText()).toContain('Frames');
      expect(await page.frameLocator('iframe').nth(1).getByRole('figure').count()).toBe(0);
    } finally {
      server.close();
    }
  });

  test('says what its address lacks', async () => {
    await openPage(page, `${origin()}/trace/embed/`);
    await page.getByText('Its address has to name one, as ?src=/trace/….json does.').waitFor();
  });
});
