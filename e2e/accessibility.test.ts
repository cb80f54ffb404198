import type { Page } from 'playwright';
import { describe, expect, test } from 'vitest';
import { axeViolations } from './setup/axe.ts';
import { openPage, origin, playgroundOf } from './setup/browser.ts';
import { browserForFile, newPage, wide } from './setup/pages.ts';
import { runToRest } from './setup/run.ts';

browserForFile();

describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
  test('a playground that has run, with the table open, a frame chosen, an error and a verdict, has no axe violation', async () => {
    const page = await newPage({ ...wide, colorScheme });
    await openPage(page, `${origin()}/1-4-full-duplex/`);
    const exercise = playgroundOf(page, page.locator('[data-example="1-4-full-duplex/two-each-way"]'));
    await runToRest(page, exercise);
    await exercise.region.getByRole('button', { name: 'Check' }).click();
    await exercise.region.locator('.pg-verdict').getByText('Not yet.').waitFor();
    await exercise.timeline.getByRole('button', { name: 'Show as table' }).click();
    await exercise.timeline.getByRole('button', { name: 'Frame 3', exact: true }).click();
    await exercise.region.getByRole('textbox').first().click();
    await page.keyboard.insertText('throw new Error("on purpose");');
    await page.keyboard.press('Control+Enter');
    await exercise.console.getByText('on purpose').waitFor();
    expect(await axeViolations(page)).toEqual([]);
  });
});

/** Presses Tab until the focus has this name; returns every name on the way. Throws after `most` presses. */
async function tabUntil(page: Page, name: RegExp, most = 80): Promise<string[]> {
  const names: string[] = [];
  while (names.length < most) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => {
      const { activeElement: element } = document;
      return element?.getAttribute('aria-label') ?? element?.textContent?.trim() ?? '';
    });
    names.push(focused);
    if (name.test(focused)) return names;
  }
  throw new Error(`Tab did not reach ${String(name)}: ${names.join(' | ')}`);
}

test('the keyboard alone runs the program, steps through its frames, opens the table, edits, and leaves the editor', async () => {
  const page = await newPage(wide);
  await openPage(page, `${origin()}/playground/`);
  const { frame, console: log, timeline } = playgroundOf(page);
  await tabUntil(page, /^Run$/);
  await page.keyboard.press('Enter');
  await log.getByText('closed 1000').waitFor();

  await tabUntil(page, /^Frames:/);
  for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowRight');
  await expect.poll(() => frame.innerText()).toContain('Hello');

  await tabUntil(page, /^Show as table$/);
  await page.keyboard.press('Enter');
  await timeline.getByRole('table').waitFor();

  await tabUntil(page, /client\.ts, editor/);
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type("console.log('typed')");
  await page.keyboard.press('Escape');
  await tabUntil(page, /^Share$/);
});
