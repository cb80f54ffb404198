/** A diagram as the build gives it to a page. */
import type { AstroComponentFactory } from 'astro/runtime/server/index.js';

export interface ShownDiagram {
  /** The drawing's id, unique in the site. */
  id: string;
  /** The source. */
  text: string;
  /** The figure's name. */
  name: string;
  /** Paragraphs that say what it shows; empty if the source does not say it (scripts/diagrams/diagram.ts). */
  words: readonly string[];
  /** The drawing, if the build has one. */
  svg?: string;
  /** Has the page draw the diagram if there is no drawing. Pages get it only from here, so that no other page has its script. */
  Undrawn?: AstroComponentFactory;
}
