/** Draws diagrams with Mermaid in Chromium. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cleanDrawing } from '../../site/diagrams/clean-drawing.ts';
import { mermaidOptions } from '../../site/diagrams/mermaid-options.ts';
import { root } from '../root.ts';
import type { Diagram } from './diagram.ts';
import { faceFile } from './drawing-name.ts';

declare const mermaid: {
  initialize(options: object): void;
  render(id: string, text: string): Promise<{ svg: string }>;
};

/** A browser that draws until `end` is called. */
export interface Drawer {
  /** Returns the drawing, ready for a page. Throws an Error with Mermaid's own message if Mermaid cannot draw it. */
  draw(diagram: Pick<Diagram, 'id' | 'text'>): Promise<string>;
  end(): Promise<void>;
}

/** Starts the Chromium at `executablePath`. Throws if it does not start. */
export async function startDrawer(executablePath: string): Promise<Drawer> {
  // Import Playwright only here: a build that has all its drawings does not need it.
  const { chromium } = await import('playwright');
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  const face = readFileSync(faceFile).toString('base64');
  const css = `@font-face { font-family: Diagram; src: url(data:font/woff2;base64,${face}); font-weight: 200 900; }`;
  const page = await browser.newPage();
  await page.setContent(`<style>${css}</style><p style="font-family: Diagram">Words</p>`);
  await page.evaluate(() => document.fonts.load('15px Diagram'));
  await page.addScriptTag({ path: join(root, 'node_modules', 'mermaid', 'dist', 'mermaid.min.js') });
  await page.evaluate((options) => mermaid.initialize(options), mermaidOptions);
  return {
    async draw({ id, text }) {
      const drawn = await page
        .evaluate(async ([id, text]) => (await mermaid.render(id, text)).svg, [id, text] as const)
        .catch((error: unknown) => {
          throw new Error(`Mermaid cannot draw ${id}: ${error instanceof Error ? error.message : String(error)}`);
        });
      return await page.evaluate(cleanDrawing, drawn);
    },
    end: () => browser.close(),
  };
}
