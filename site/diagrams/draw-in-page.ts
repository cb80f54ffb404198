/**
 * Draws a diagram in the page as the build would, if the build has no drawing of it. With Mermaid this module is 200 KB, so we
 * import it only on demand, never with a page.
 */
import mermaid from 'mermaid';
import { cleanDrawing } from './clean-drawing.ts';
import { mermaidOptions } from './mermaid-options.ts';

/** Returns the drawing, which takes its colours from the page. Throws an Error with Mermaid's own message if it cannot. */
export async function drawInPage(id: string, text: string): Promise<Element> {
  // Boxes are as wide as their words, so Mermaid has to measure in the face that this page shows, which may be the system's.
  await document.fonts.ready;
  mermaid.initialize({ ...mermaidOptions, fontFamily: getComputedStyle(document.body).fontFamily });
  const { svg } = await mermaid.render(id, text);
  const drawing = new DOMParser().parseFromString(cleanDrawing(svg), 'image/svg+xml').documentElement;
  return document.importNode(drawing, true);
}
