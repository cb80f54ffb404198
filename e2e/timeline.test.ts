import type { BrowserContextOptions, Locator, Page } from 'playwright';
import { describe, expect, test } from 'vitest';
import { axeViolations } from './setup/axe.ts';
import { openPage, origin, playgroundOf } from './setup/browser.ts';
import { browserForFile, newPage, wide } from './setup/pages.ts';
import { runToRest } from './setup/run.ts';

browserForFile();

/** Opens a page; returns it with its first timeline. */
async function open(
  path: string,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; timeline: Locator; plot: Locator }> {
  const page = await newPage({ ...wide, ...options });
  await openPage(page, origin() + path);
  const timeline = page.getByRole('figure', { name: 'Timeline' }).first();
  return { page, timeline, plot: timeline.getByRole('group', { name: /^Frames/ }) };
}

const position = (timeline: Locator): Promise<string> => timeline.getByLabel('Time shown').innerText();
/** Returns the words of the reader's current line in the run as text. */
const currentLine = (timeline: Locator): Promise<string> =>
  timeline.getByRole('region', { name: 'The run as text' }).locator('[aria-current]').innerText();
const timeIn = (words: string): number => {
  const [, value = '', unit] = /([\d.]+) (m?s)/.exec(words) ?? [];
  return Number(value) * (unit === 's' ? 1000 : 1);
};

describe('by keyboard alone, on the page of traces', () => {
  test('the picture plays, steps from event to event, slows, zooms and moves', async () => {
    const { page, timeline, plot } = await open('/trace/');
    await plot.focus();
    const end = await position(timeline);
    // Some events are closer together than the shown time can tell.
    for (let i = 0; i < 4; i++) await page.keyboard.press(',');
    await expect.poll(async () => timeIn(await position(timeline))).toBeLessThan(timeIn(end));
    for (let i = 0; i < 4; i++) await page.keyboard.press('.');
    await expect.poll(() => position(timeline)).toBe(end);
    await page.keyboard.press('<');
    expect(await timeline.getByRole('combobox', { name: 'Speed' }).inputValue()).toBe('0.5');
    await page.keyboard.press('Space');
    await timeline.getByRole('button', { name: 'Pause' }).waitFor();
    await page.keyboard.press('k');
    await timeline.getByRole('button', { name: 'Play' }).waitFor();
    await page.keyboard.press('+');
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('0');
    expect(await axeViolations(page)).toEqual([]);
  });

  test('? lists the shortcuts wherever the timeline has the focus, and Escape gives the focus back', async () => {
    const { page, timeline, plot } = await open('/trace/');
    await plot.focus();
    await page.keyboard.press('?');
    const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await dialog.waitFor();
    expect(await dialog.innerText()).toContain('Next event');
    expect(await axeViolations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await plot.evaluate((element) => element === document.activeElement)).toBe(true);
    await timeline.getByRole('button', { name: 'Play' }).focus();
    await page.keyboard.press('?');
    await dialog.waitFor();
    await dialog.getByRole('button', { name: 'Close' }).press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await timeline.getByRole('button', { name: 'Keyboard shortcuts' }).press('Enter');
    await dialog.waitFor();
  });

  test('a span is selected, its ends move from event to event, and its figures follow', async () => {
    const { page, timeline, plot } = await open('/trace/');
    await plot.focus();
    await page.keyboard.press('s');
    const figures = timeline.getByRole('region', { name: 'Span', exact: true });
    await figures.getByRole('row', { name: /^client to server/ }).waitFor();
    const duration = (): Promise<string> => figures.locator('b').innerText();
    const first = await duration();
    const handle = timeline.getByRole('slider', { name: 'Span start' });
    const at = await handle.getAttribute('aria-valuetext');
    await handle.press('ArrowRight');
    expect(timeIn((await handle.getAttribute('aria-valuetext')) ?? '')).toBeGreaterThanOrEqual(timeIn(at ?? ''));
    await handle.press('End');
    await expect.poll(duration).toBe('0 ms');
    await handle.press('Home');
    await expect.poll(async () => timeIn(await duration())).toBeGreaterThan(timeIn(first));
    expect(await axeViolations(page)).toEqual([]);
    await handle.press('Escape');
    await figures.waitFor({ state: 'detached' });
  });

  test('the run as text steps line by line, and the picture and the inspector follow', async () => {
    const { page, timeline, plot } = await open('/trace/');
    await plot.focus();
    await page.keyboard.press('l');
    const text = timeline.getByRole('region', { name: 'The run as text' });
    await text.getByRole('listitem').first().waitFor();
    await text.locator('[tabindex="0"]').focus();
    await page.keyboard.press('Home');
    await expect.poll(() => currentLine(timeline)).toContain('client A opens a connection');
    const lines = await text.getByRole('listitem').allInnerTexts();
    for (let i = 1; i < 8; i++) {
      await page.keyboard.press('ArrowDown');
      await expect.poll(() => currentLine(timeline)).toBe(lines[i]);
      await expect.poll(async () => timeIn(await position(timeline))).toBeCloseTo(timeIn(lines[i] ?? ''), -1);
    }
    await expect.poll(() => page.getByRole('region', { name: 'Frame', exact: true }).innerText()).not.toContain('Choose a frame');
    expect(lines.join('\n')).toMatch(/client A sends .* bytes, while \d+ frames from the server are in flight/);
    expect(await axeViolations(page)).toEqual([]);
  });
});

describe('by mouse', () => {
  test('Shift-drag selects a span, Ctrl with the wheel shows less time, and a drag moves along it', async () => {
    const { page, timeline, plot } = await open('/trace/');
    const box = await plot.boundingBox();
    if (!box) throw new Error('no picture');
    const y = box.y + box.height / 2;
    // Hover first, as a hand does: that fetches what plays the picture.
    await plot.hover();
    await plot.locator('canvas').first().waitFor();
    await page.keyboard.down('Shift');
    await page.mouse.move(box.x + 200, y);
    await page.mouse.down();
    await page.mouse.move(box.x + 400, y, { steps: 4 });
    await page.mouse.up();
    await page.keyboard.up('Shift');
    const start = timeline.getByRole('slider', { name: 'Span start' });
    const left = async (): Promise<number> => ((await start.boundingBox())?.x ?? NaN) - box.x;
    await expect.poll(left).toBeGreaterThan(170);
    const before = await left();
    await page.mouse.move(box.x + 300, y);
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -300);
    await page.keyboard.up('Control');
    // The start is left of the mouse, so showing less time moves it away.
    await expect.poll(left).toBeLessThan(before - 10);
    const zoomed = await left();
    await page.mouse.move(box.x + 300, y - 20);
    await page.mouse.down();
    await page.mouse.move(box.x + 340, y - 20, { steps: 4 });
    await page.mouse.up();
    await expect.poll(left).toBeGreaterThan(zoomed + 10);
  });

  test('the wheel alone scrolls the page', async () => {
    const { page, plot } = await open('/1-4-full-duplex/');
    await plot.scrollIntoViewIfNeeded();
    const box = await plot.boundingBox();
    if (!box) throw new Error('no picture');
    const before = await page.evaluate(() => scrollY);
    await page.mouse.move(box.x + 200, box.y + 100);
    await page.mouse.wheel(0, 200);
    await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(before);
  });
});

describe('by fingers, on a phone', () => {
  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

  test('two show less time while the page stays in place; one scrolls the page', async () => {
    const { page, timeline, plot } = await open('/trace/', phone);
    await plot.scrollIntoViewIfNeeded();
    await timeline.getByRole('button', { name: 'Select a span' }).tap();
    const [start, end] = ['Span start', 'Span end'].map((name) => timeline.getByRole('slider', { name }));
    const apart = async (): Promise<number> => ((await end?.boundingBox())?.y ?? NaN) - ((await start?.boundingBox())?.y ?? NaN);
    await expect.poll(apart).toBeGreaterThan(50);
    const before = await apart();
    const box = await plot.boundingBox();
    if (!box) throw new Error('no picture');
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    const scrolled = await page.evaluate(() => scrollY);
    const session = await page.context().newCDPSession(page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ys: number[]): Promise<unknown> =>
      session.send('Input.dispatchTouchEvent', { type, touchPoints: ys.map((at, id) => ({ x, y: at, id })) });
    await touch('touchStart', [y - 20, y + 20]);
    for (let by = 22; by <= 40; by += 2) await touch('touchMove', [y - by, y + by]);
    await touch('touchEnd', []);
    await expect.poll(apart).toBeGreaterThan(before * 1.2);
    expect(await page.evaluate(() => scrollY)).toBe(scrolled);

    await touch('touchStart', [y]);
    for (let by = 10; by <= 150; by += 10) await touch('touchMove', [y - by]);
    await touch('touchEnd', []);
    await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(scrolled + 40);
  });

  test('every control and handle is at least 44 px in size, and the page has no sideways scroll', async () => {
    const { page, timeline } = await open('/trace/', phone);
    await timeline.getByRole('button', { name: 'Select a span' }).tap();
    await timeline.getByRole('slider', { name: 'Span start' }).waitFor();
    await timeline.getByRole('button', { name: 'Show as text' }).tap();
    await timeline.getByRole('region', { name: 'The run as text' }).getByRole('listitem').first().waitFor();
    const small = await timeline.locator('button, select, [role=slider]').evaluateAll((elements) =>
      elements
        .map((element) => ({ element, box: element.getBoundingClientRect() }))
        .filter(({ box }) => box.height > 0 && (box.width < 44 || box.height < 44))
        .map(({ element, box }) => `${element.getAttribute('aria-label') ?? element.textContent}: ${box.width} × ${box.height}`),
    );
    expect(small).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    expect(await axeViolations(page)).toEqual([]);
  });
});

test('with reduced motion, playing steps from event to event until the end', async () => {
  const { page, timeline } = await open('/trace/#src=/trace/playground/empty.json', { reducedMotion: 'reduce' });
  await expect.poll(() => page.locator('.tp-name').innerText()).toBe('/trace/playground/empty.json');
  await timeline.getByRole('button', { name: 'Show as text' }).click();
  const text = timeline.getByRole('region', { name: 'The run as text' });
  await text.getByRole('listitem').first().waitFor();
  const steps = await text.getByRole('listitem').allInnerTexts();
  const told = new Set(steps.map(timeIn));
  await timeline.getByRole('button', { name: 'Play' }).click();
  const seen = new Set<number>();
  await expect
    .poll(
      async () => {
        seen.add(timeIn(await position(timeline)));
        return await timeline.getByRole('button', { name: 'Play' }).count();
      },
      { timeout: 30_000, interval: 100 },
    )
    .toBe(1);
  expect(seen.size).toBeGreaterThan(4);
  // A departure that did not wait is told with its sending; everything else has the time of a line.
  for (const time of seen) expect(Math.min(...[...told, 0].map((line) => Math.abs(line - time)))).toBeLessThan(6);
});

test('a run is announced in a sentence and told as text event by event', async () => {
  const { page, timeline } = await open('/playground/');
  const said = timeline.locator('[aria-live=polite]').last();
  const trace = await runToRest(page);
  await expect.poll(() => said.innerText(), { timeout: 10_000 }).toMatch(/\d+ more frames?: \d+ from the/);
  await timeline.getByRole('button', { name: 'Show as text' }).click();
  const text = timeline.getByRole('region', { name: 'The run as text' });
  await text.getByRole('listitem').first().waitFor();
  const lines = await text.getByRole('listitem').allInnerTexts();
  const sent = trace.events.filter(({ name }) => name === 'frame_sent');
  expect(sent.length).toBeGreaterThan(3);
  expect(lines.filter((line) => / sends (text|binary|ping|pong|close|the |a )/.test(line))).toHaveLength(sent.length);
  expect(await playgroundOf(page).console.innerText()).not.toContain('Error');
});
