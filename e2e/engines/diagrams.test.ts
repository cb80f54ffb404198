/** Every engine draws a diagram that came without a drawing, under the policy of its page. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startDiagramSite } from '../setup/diagram-site.ts';
import type { RunningServer } from '../setup/server.ts';
import { describeEachEngine } from './setup/each-engine.ts';
import { eventually } from './setup/eventually.ts';

const fence = (...lines: string[]): string =>
  ['```mermaid', ...lines.toSpliced(1, 0, '  accTitle: A diagram', '  accDescr: Words.'), '```', ''].join('\n');

let site: RunningServer | undefined;
beforeAll(async () => {
  const talk = fence('sequenceDiagram', '  client->>server: a question', '  server->>client: an answer');
  const states = fence('stateDiagram-v2', '  [*] --> OPEN: the 101 came', '  OPEN --> [*]');
  site = await startDiagramSite({ undrawn: `${talk}\n${states}` }, {});
});
afterAll(() => site?.stop());

describeEachEngine('a diagram without a drawing', (using) => {
  test('is drawn in the page, with all its words and both directions', async () => {
    await using.page(async (page) => {
      page.complaints();
      await page.open(`${site?.origin}/undrawn/`);
      const words = await eventually('drawing of both diagrams', async () => {
        const drawn = await page.evaluate(() => {
          const drawings = document.querySelectorAll('figure .drawing[aria-hidden=true] > svg');
          return [...drawings].map((svg) => svg.textContent.replace(/\s+/g, ' '));
        });
        return drawn.length === 2 ? drawn : undefined;
      });
      expect(words[0]).toMatch(/client.*server.*a question.*an answer|server.*client.*a question.*an answer/);
      expect(words[1]).toMatch(/the 101 came.*OPEN/);
      const lines = await page.evaluate(() =>
        ['.to-server', '.to-client'].map((line) => getComputedStyle(document.querySelector(line) as Element).stroke),
      );
      expect(new Set(lines).size).toBe(2);
      expect(page.complaints()).toEqual([]);
    });
  });
});
