/** Opens links, pastes and files of any size and content: the page goes on, and says what it does not show. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from 'playwright';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { largeTraces } from '../protocol/testing/large-traces-for-tests.ts';
import type { Har } from '../protocol/export/har.ts';
import type { Trace } from '../protocol/trace/trace.ts';
import { hashFor } from '../site/playground/share-address.ts';
import { openPage, origin, playgroundOf } from './setup/browser.ts';
import { page, pageForEachTest } from './setup/pages.ts';

const folder = mkdtempSync(join(tmpdir(), 'opened-'));
pageForEachTest();
afterAll(() => rmSync(folder, { recursive: true }));
// Use the light editor, which gets a text first; the other tests do not depend on the editor.
beforeEach(() => page.route(/monaco|editor\.api/i, (route) => route.abort()));

describe('a shared program', () => {
  const editor = (): Locator => playgroundOf(page).region.getByRole('textbox', { name: 'client.ts, editor' });

  test.each([
    ['53 KB that may restart a highlighter at each quote', "'/[".repeat(17_700)],
    ['300 KB in one line', 'x'.repeat(300_000)],
    ['100,000 empty lines', '\n'.repeat(100_000)],
  ])('of %s opens whole and can be typed into', async (_, code) => {
    await openPage(page, `${origin()}/playground/${hashFor(code)}`);
    await expect.poll(() => editor().evaluate((element) => (element as HTMLTextAreaElement).value.length)).toBe(code.length);
    await editor().focus();
    await page.keyboard.press('ControlOrMeta+Home');
    await page.keyboard.type('/**/');
    expect((await editor().inputValue()).startsWith('/**/')).toBe(true);
  });

  test('shows as plain ink while it is long, and in colour once it is short', async () => {
    await openPage(page, `${origin()}/playground/${hashFor(`const a = 1;\n${'// long\n'.repeat(3000)}`)}`);
    const { region } = playgroundOf(page);
    await region.locator('.ce-plain').waitFor();
    expect(await region.locator('.ce-code').count()).toBe(0);
    const ink = await editor().evaluate((element) => getComputedStyle(element).color);
    expect(ink).not.toMatch(/, 0\)$|transparent/);
    await editor().fill('const a = 1;');
    await region.locator('.ce-keyword', { hasText: 'const' }).waitFor();
    expect(await editor().evaluate((element) => getComputedStyle(element).color)).toMatch(/, 0\)$/);
  });

  test('that takes the compiler minutes can be stopped meanwhile, and is given up with a sentence', async () => {
    await openPage(page, `${origin()}/playground/${hashFor('a<b>('.repeat(40))}`);
    const { run, stop, state, console: log } = playgroundOf(page);
    await run.click();
    await expect.poll(() => state.getAttribute('data-state')).toBe('starting');
    await stop.click();
    await expect.poll(() => state.getAttribute('data-state')).toBe('ready');
    await run.click();
    await log.getByText('Its brackets nest too deeply to be read: 10 s were not enough').waitFor();
    await page.keyboard.press('ControlOrMeta+A');
    await editor().fill("console.log('still ' + 'here');");
    await run.click();
    await log.getByText('still here').waitFor();
  });

  test('that cannot be read is refused in a sentence; one that arrives while the page is open is shown', async () => {
    await openPage(page, `${origin()}/playground/#code=%%%`);
    const { console: log } = playgroundOf(page);
    await log.getByText('The program in this address cannot be read').waitFor();
    await page.evaluate((hash) => void (location.hash = hash), hashFor("console.log('second');"));
    await expect.poll(() => editor().inputValue()).toBe("console.log('second');");
  });
});

/** Opens the trace from a file on the page of traces. */
async function openTrace(trace: Trace): Promise<void> {
  const path = join(folder, 'large.json');
  writeFileSync(path, JSON.stringify(trace));
  await openPage(page, `${origin()}/trace/`);
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Open trace' }).first().click();
  await (await chooser).setFiles(path);
  await page.locator('.tp-name', { hasText: 'large.json' }).waitFor();
}

/** Makes a choice from the trace menu; returns the text of the download. */
async function saved(choice: string): Promise<string> {
  await page.locator('summary', { hasText: 'Trace' }).click();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: choice }).click()]);
  return readFileSync(await download.path(), 'utf8');
}

const large = (kind: string, size: number): Trace => (largeTraces[kind] as (size: number) => Trace)(size);

describe('a large trace', () => {
  test('of 5,000 connections is drawn as far as there is room, says what is not drawn, and exports as SVG', async () => {
    await openTrace(large('connections of one client at one time', 5000));
    await page.getByText('4,988 connections have no room and are not drawn').first().waitFor();
    await page.getByText('and 4,994 more').waitFor();
    const svg = await saved('Picture as SVG');
    expect(svg).toContain('4,988 connections have no room and are not drawn</text>');
    expect(svg.match(/>server<\/text>/g)).toHaveLength(12);
  });

  test('of 150,000 frames exports as HAR', { timeout: 180_000 }, async () => {
    const trace = large('frames on one connection', 75_000);
    // Keep only the frames: what the program saw of them would just make the file longer.
    trace.events = trace.events.filter(({ name }) => name === 'frame_sent' || name === 'frame_received');
    await openTrace(trace);
    const { log } = JSON.parse(await saved('Export HAR')) as Har;
    expect(log.entries[0]?._webSocketMessages).toHaveLength(150_000);
  });

  test('with a message of 3 MB lists it in the table and the text, and takes apart its beginning', async () => {
    await openTrace(large('bytes of one frame', 3_000_000));
    await page.getByRole('button', { name: 'Show as text' }).click();
    await page.getByRole('region', { name: 'The run as text' }).getByText('3,000,000 bytes').first().waitFor();
    await page.getByRole('button', { name: 'Show as table' }).click();
    await page.getByRole('button', { name: 'Frame 1' }).click();
    const frame = page.getByRole('region', { name: 'Frame' });
    await frame.getByText('Breaks no rule of RFC 6455.').waitFor();
    await frame.getByText('2,996,000 characters more').waitFor();
    await frame.getByText('The first 128 of 3000010 bytes.').waitFor();
    await frame.getByRole('button', { name: 'FIN: 1' }).click();
    await frame.getByText('Changed by you: not sent on this connection.').waitFor();
  });
});

describe('a trace that somebody wrote', () => {
  test.each([
    [
      'a part that is not a number',
      { name: 'response_sent', at: 'server', direction: 'server-to-client', part: 'x' },
      'its "part" is not',
    ],
    [
      'a name kilobytes long',
      { name: 'link_cut', at: 'link', connection: '1'.repeat(3000) },
      'its "connection" is longer than 200',
    ],
    ['a time far away', { name: 'link_cut', at: 'link', time: 1e300 }, 'its "time" is not a number of milliseconds'],
  ])('with %s is refused in a sentence', async (_, event, words) => {
    await openPage(page, `${origin()}/trace/`);
    const events = [{ time: 1, connection: 'A1', ...event }];
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Open trace' }).first().click();
    const text = JSON.stringify({ ...large('control frames', 1), events });
    await (await chooser).setFiles({ name: 'x.json', mimeType: 'application/json', buffer: Buffer.from(text) });
    await page.getByRole('alert').getByText(words).waitFor();
  });

  test('with an invalid address, or names that every object has, is still shown', async () => {
    const trace = large('connections of one client at one time', 3);
    const ids = ['__proto__', 'constructor', 'http://['];
    trace.connections = trace.connections.map((one, i) => ({ ...one, id: ids[i] as string, url: 'http://[' }));
    trace.events = trace.events.map((event) => ({ ...event, connection: ids[Number(event.connection.slice(1))] as string }));
    const problems: string[] = [];
    page.on('pageerror', ({ message }) => void problems.push(message));
    await openTrace(trace);
    await page.getByRole('button', { name: 'Show as table' }).click();
    await page
      .getByRole('row', { name: /__proto__/ })
      .first()
      .waitFor();
    expect(problems).toEqual([]);
  });
});
