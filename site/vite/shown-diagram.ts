/** Writes a diagram down as code, for the module of a page. */
import { join } from 'node:path';
import type { Diagram } from '../../scripts/diagrams/diagram.ts';

const undrawn = join(import.meta.dirname, '..', 'diagrams', 'Undrawn.astro');

/** The import, as code, of the component that has the page draw a diagram. */
export const importUndrawn = importOf('Undrawn', undrawn);

/** An expression for a `ShownDiagram`. Without a drawing it needs `importUndrawn`. */
export function shownDiagram(diagram: Diagram, svg: string | undefined): string {
  const shown = JSON.stringify(svg === undefined ? diagram : { ...diagram, svg });
  return svg === undefined ? `{ ...${shown}, Undrawn }` : `(${shown})`;
}

/** An import of a component by its path, as code. */
export function importOf(name: string, path: string): string {
  return `import ${name} from ${JSON.stringify(path.replaceAll('\\', '/'))};`;
}
