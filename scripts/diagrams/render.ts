/**
 * `npm run diagrams`: draws every `content/…/<name>.mmd` with Mermaid and writes `<name>.svg` beside it. We keep the drawings in
 * the repository, so that a reader gets a picture of a few kilobytes, without a script and in either theme, and a build needs
 * neither Mermaid nor a browser.
 */
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { ensureChromium } from '../browser/chromium.ts';
import { diagramSource } from '../build/diagram-source.ts';
import { root } from '../root.ts';
import { cleanDrawing } from './clean-drawing.ts';

declare const mermaid: {
  initialize(options: object): void;
  render(id: string, text: string): Promise<{ svg: string }>;
};

const options = {
  startOnLoad: false,
  layout: 'dagre',
  theme: 'base',
  fontFamily: 'Diagram, sans-serif',
  fontSize: 15,
  htmlLabels: false,
  flowchart: { htmlLabels: false },
  sequence: {
    mirrorActors: false,
    messageFontSize: 15,
    noteFontSize: 15,
    actorFontSize: 15,
    actorMargin: 80,
    width: 110,
    height: 40,
    diagramMarginX: 4,
    diagramMarginY: 4,
  },
};
// Load the site's own face, so that boxes are as wide as their words are in the site.
const face = readFileSync(join(root, 'site', 'assets', 'fonts', 'source-sans-3.woff2')).toString('base64');
const css = `@font-face { font-family: Diagram; src: url(data:font/woff2;base64,${face}); font-weight: 200 900; }`;

const browser = await chromium.launch({ executablePath: ensureChromium(), args: ['--no-sandbox', '--disable-gpu'] });
try {
  const page = await browser.newPage();
  await page.setContent(`<style>${css}</style><p style="font-family: Diagram">Words</p>`);
  await page.evaluate(() => document.fonts.load('15px Diagram'));
  await page.addScriptTag({ path: join(import.meta.dirname, 'node_modules', 'mermaid', 'dist', 'mermaid.min.js') });
  await page.addScriptTag({ content: cleanDrawing.toString() });
  for (const file of globSync('content/**/*.mmd', { cwd: root }).sort()) {
    const { text, id, stamp } = diagramSource(join(root, file));
    const drawing = await page.evaluate(
      async ([id, text, options]) => {
        mermaid.initialize(options);
        return (await mermaid.render(id, text)).svg;
      },
      [id, text, options] as const,
    );
    const svg = await page.evaluate((text) => cleanDrawing(text), drawing);
    writeFileSync(join(root, file.replace(/\.mmd$/, '.svg')), `<!-- ${stamp} -->\n${svg}\n`);
    console.log(`${file}: ${svg.length} bytes`);
  }
} finally {
  await browser.close();
}
