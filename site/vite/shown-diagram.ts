/** Writes a diagram as code for the module of a page. */
import { join } from 'node:path';
import type { Diagram } from '../../scripts/diagrams/diagram.ts';

const undrawn = join(import.meta.dirname, '..', 'diagrams', 'Undrawn.astro');

/** Code that imports the component that has the page draw a diagram. */
export const importUndrawn = importOf('Undrawn', undrawn);

/** Returns an expression for a `ShownDiagram`. Without a drawing, the expression needs `importUndrawn`. */
export function shownDiagram(diagram: Diagram, svg: string | undefined): string {
  const shown = JSON.stringify(svg === undefined ? diagram : { ...diagram, svg });
  return svg === undefined ? `{ ...${shown}, Undrawn }` : `(${shown})`;
}

/** Returns code that imports the component at `path`. */
export function importOf(name: string, path: string): string {
  return `import ${name} from ${JSON.stringify(path.replaceAll('\\', '/'))};`;
}
