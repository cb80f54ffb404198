/** Checks the table, the inspector and trace files in every engine. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readTrace } from '../../protocol/trace/trace.ts';
import { describeEachEngine } from './setup/each-engine.ts';
import type { EnginePage } from './setup/engine.ts';
import { eventually } from './setup/eventually.ts';
import { EnginePlayground, openPage } from './setup/playground.ts';

/** Calls `save` and returns the text that the page gives the browser to save. */
async function savedText(page: EnginePage, save: () => Promise<void>): Promise<string> {
  await page.evaluate(() => {
    const native = URL.createObjectURL.bind(URL);
    const saved = new Promise((resolve) => {
      URL.createObjectURL = (blob) => {
        resolve((blob as Blob).text());
        return native(blob);
      };
    });
    Object.assign(globalThis, { saved });
  });
  await save();
  return (await page.evaluate(() => (globalThis as unknown as { saved: Promise<unknown> }).saved)) as string;
}

describeEachEngine('a trace', (using) => {
  test('opens as a table, and a frame chosen there is shown bit by bit', async () => {
    await using.page(async (page) => {
      await openPage(page, `${using.origin}/playground/`);
      const playground = new EnginePlayground(page);
      await playground.runToRest();
      await playground.press('Show as table');
      const rows = await eventually('row of the table', async () => {
        const all = await page.evaluate(() =>
          Array.from(document.querySelectorAll('.tl-table tbody tr'), (row) => row.textContent),
        );
        return all.length > 3 ? all : undefined;
      });
      expect(rows.filter((row) => row?.includes('Hello'))).toHaveLength(2);
      await page.evaluate(() => {
        const row = Array.from(document.querySelectorAll('.tl-table tbody tr')).find((one) => one.textContent?.includes('Hello'));
        row?.querySelector('button')?.click();
      });
      const frame = await eventually('frame in the inspector', async () => {
        const text = await page.evaluate(() => document.querySelector('.pg-frame')?.textContent ?? '');
        return text.includes('Breaks no rule of RFC 6455.') ? text : undefined;
      });
      expect(frame).toContain('Hello');
      expect(frame).toContain('MASK');
    });
  });

  test('opens from a saved file as the same trace', async () => {
    await using.page(async (page) => {
      await openPage(page, `${using.origin}/playground/`);
      const playground = new EnginePlayground(page);
      const trace = await playground.runToRest();
      const text = await savedText(page, async () => {
        await playground.press('Trace');
        await playground.press('Save trace');
      });
      const saved = readTrace(text);
      expect(saved.connections).toEqual(trace.connections);
      expect(saved.events).toEqual(expect.arrayContaining(trace.events));

      const file = join(mkdtempSync(join(tmpdir(), 'trace-')), 'kept.json');
      writeFileSync(file, text);
      await openPage(page, `${using.origin}/trace/`);
      await page.chooseFile('input[type="file"]', file);
      const seen = await eventually('opened trace', async () => {
        const words = await page.evaluate(() => document.querySelector<HTMLElement>('main')?.innerText ?? '');
        return words.includes('kept.json') ? words : undefined;
      });
      expect(seen).toMatch(/Frames\s+4/);
    });
  });
});
