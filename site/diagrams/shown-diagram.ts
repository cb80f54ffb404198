/** A diagram as a page gets it from the build. */
import type { AstroComponentFactory } from 'astro/runtime/server/index.js';

export interface ShownDiagram {
  /** The id of its drawing, unique in the site. */
  id: string;
  /** Its source. */
  text: string;
  /** The name of its figure, and what it shows, in paragraphs where the source says it (scripts/diagrams/diagram.ts). */
  name: string;
  words: readonly string[];
  /** Its drawing. */
  svg?: string;
  /** Where there is no drawing: what has the page draw it. Named here alone, so that no other page has its script. */
  Undrawn?: AstroComponentFactory;
}
