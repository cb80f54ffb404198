import { describe, expect, test } from 'vitest';
import { axeViolations } from './setup/axe.ts';
import { openPage, origin, type PlaygroundParts, playgroundOf } from './setup/browser.ts';
import { browserForFile, newPage, page } from './setup/pages.ts';

browserForFile();

const wide = { width: 1440, height: 1000 };
const narrow = { width: 390, height: 844 };

/** Opens the exercise of lesson 1.4 with the light editor alone: the editor makes no difference here. */
async function open(viewport = wide): Promise<PlaygroundParts> {
  await newPage({ viewport });
  await page.route(/monaco|editor\.api/i, (route) => route.abort());
  await openPage(page, `${origin()}/1-4-full-duplex/`);
  return playgroundOf(page, page.locator('[data-example="1-4-full-duplex/two-each-way"]'));
}

describe('hints', () => {
  test('come one at a time, each announced politely, until there are none left', async () => {
    const { region } = await open();
    const hints = region.getByRole('list', { name: 'Hints' });
    expect(await hints.getAttribute('aria-live')).toBe('polite');
    expect(await hints.getByRole('listitem').count()).toBe(0);
    for (const n of [1, 2, 3]) {
      await region.getByRole('button', { name: `Hint ${n} of 3` }).click();
      await expect.poll(() => hints.getByRole('listitem').count()).toBe(n);
    }
    expect(await region.getByRole('button', { name: 'No more hints' }).getAttribute('aria-disabled')).toBe('true');
    expect(await hints.locator('code').first().innerText()).toBe('onmessage');
  });

  test('disappear on Reset', async () => {
    const { region, reset } = await open();
    await region.getByRole('button', { name: 'Hint 1 of 3' }).click();
    await region.getByRole('listitem').first().waitFor();
    await reset.click();
    await region.getByRole('button', { name: 'Hint 1 of 3' }).waitFor();
  });
});

describe('the solution', () => {
  const mine = "// mine\nconst ws = new WebSocket('/echo');\n";

  test('stands beside the reader’s code, leaves it alone, and marks the lines that differ', async () => {
    const { region } = await open();
    const editor = region.getByRole('textbox', { name: 'client.ts, editor' });
    await editor.fill(mine);
    await region.getByRole('button', { name: 'Solution' }).click();
    const code = region.getByRole('region', { name: 'solution.ts, read-only' });
    await code.waitFor();
    const [left, right] = [await editor.boundingBox(), await code.boundingBox()];
    expect((left?.x ?? 0) + (left?.width ?? 0)).toBeLessThanOrEqual((right?.x ?? 0) + 1);
    expect(Math.abs((left?.y ?? 0) - (right?.y ?? 0))).toBeLessThan(2);
    expect(await editor.inputValue()).toBe(mine);
    const marked = await code.locator('.ce-marked').allInnerTexts();
    expect(marked.join('')).toContain('setInterval');
    expect(marked.join('')).not.toContain("new WebSocket('/echo')");
    expect(await axeViolations(page)).toEqual([]);
    await region.getByRole('button', { name: 'Solution' }).click();
    await expect.poll(() => code.count()).toBe(0);
    expect(await editor.inputValue()).toBe(mine);
  });

  test('is copied into the program only on request, and comes out again by button and by undo', async () => {
    const { region } = await open();
    const editor = region.getByRole('textbox', { name: 'client.ts, editor' });
    await editor.fill(mine);
    await region.getByRole('button', { name: 'Solution' }).click();
    await region.getByRole('button', { name: 'Copy into client.ts' }).click();
    await expect.poll(() => editor.inputValue()).toContain('setInterval');
    await region.getByRole('button', { name: 'Put my code back' }).click();
    await expect.poll(() => editor.inputValue()).toBe(mine);
    await region.getByRole('button', { name: 'Copy into client.ts' }).click();
    await expect.poll(() => editor.inputValue()).toContain('setInterval');
    await editor.focus();
    await page.keyboard.press('ControlOrMeta+z');
    await expect.poll(() => editor.inputValue()).toBe(mine);
  });

  test('is what Run runs while its tab is chosen, until the reader goes back into their own program', async () => {
    const { region } = await open();
    await region.getByRole('button', { name: 'Solution' }).click();
    const tab = (name: string) => region.getByRole('tab', { name, selected: true });
    await tab('solution.ts').waitFor();
    await region.getByText('Run runs this solution').waitFor();
    await region.getByRole('textbox', { name: 'client.ts, editor' }).click();
    await tab('client.ts').waitFor();
    await region.getByText('Run runs your client.ts').waitFor();
  });

  test('takes the program’s place on a phone, behind a tab', async () => {
    const { region } = await open(narrow);
    const editor = region.getByRole('textbox', { name: 'client.ts, editor' });
    const code = region.getByRole('region', { name: 'solution.ts, read-only' });
    await region.getByRole('button', { name: 'Solution' }).click();
    await code.waitFor();
    expect(await editor.isVisible()).toBe(false);
    expect(await axeViolations(page)).toEqual([]);
    await region.getByRole('tab', { name: 'client.ts' }).click();
    await editor.waitFor();
    expect(await code.isVisible()).toBe(false);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(narrow.width);
  });
});
