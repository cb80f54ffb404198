/** Checks that keys reach the editor, before and after Monaco loads. */
import { expect, test } from 'vitest';
import { describeEachEngine } from './setup/each-engine.ts';
import type { EnginePage } from './setup/engine.ts';
import { eventually } from './setup/eventually.ts';
import { EnginePlayground, openPage } from './setup/playground.ts';

/** Returns the code as the light editor or Monaco (which writes no-break spaces) shows it. */
const shown = async (page: EnginePage): Promise<string> =>
  await page.evaluate(() =>
    (document.querySelector<HTMLElement>('.ce-on .view-lines, .ce-code')?.innerText ?? '').replaceAll('\u00a0', ' '),
  );

describeEachEngine('the editor', (using) => {
  test('takes keys at once, loses none when Monaco takes over, and runs what was typed', async () => {
    await using.page(async (page) => {
      await openPage(page, `${using.origin}/playground/`);
      await page.click({ role: 'textbox', name: 'client.ts, editor' });
      await page.press('a', 'Control');
      await page.type('const answer = 6 * ');
      await eventually('Monaco', async () =>
        (await page.evaluate(() => document.querySelector('.ce-on .view-lines') !== null)) ? true : undefined,
      );
      await page.press('End');
      await page.type("7; console.log('typed', answer);");
      await eventually('text that was typed', async () =>
        (await shown(page)).includes("const answer = 6 * 7; console.log('typed', answer);") ? true : undefined,
      );
      await new EnginePlayground(page).runFor('typed 42');
    });
  });

  test('is no keyboard trap: Escape then Tab leaves it', async () => {
    await using.page(async (page) => {
      await openPage(page, `${using.origin}/playground/`);
      await page.click({ role: 'textbox', name: 'client.ts, editor' });
      await page.press('Escape');
      await page.press('Tab');
      await eventually('focus elsewhere', async () =>
        (await page.evaluate(() => document.activeElement?.closest('.ce, .monaco-editor') === null)) ? true : undefined,
      );
      expect(await page.evaluate(() => document.activeElement?.tagName)).not.toBe('BODY');
    });
  });
});
