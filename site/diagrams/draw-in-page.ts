/**
 * Draws a diagram in the page, as the build would have drawn it: for one of which there is no drawing. With Mermaid that is 200 KB, so
 * this is imported when it is wanted, and never with a page.
 */
import mermaid from 'mermaid';
import { cleanDrawing } from './clean-drawing.ts';
import { mermaidOptions } from './mermaid-options.ts';

/** The drawing, which takes its colours from the page. Throws an Error with Mermaid's words where it cannot draw that. */
export async function drawInPage(id: string, text: string): Promise<Element> {
  // Boxes are as wide as their words are in the face in which this page shows them, which may be the system's.
  await document.fonts.ready;
  mermaid.initialize({ ...mermaidOptions, fontFamily: getComputedStyle(document.body).fontFamily });
  const { svg } = await mermaid.render(id, text);
  const drawing = new DOMParser().parseFromString(cleanDrawing(svg), 'image/svg+xml').documentElement;
  return document.importNode(drawing, true);
}
