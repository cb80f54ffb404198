/**
 * Turns a ```` ```mermaid ```` fence in an MDX page into the same figure as `<Mermaid>`. The diagram has its own name and words
 * (`accTitle` and `accDescr`).
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MdastPluginDefinition, MdastPluginEntry, MdxJsxFlowElement } from 'satteri';
import { isDiagram } from '../../scripts/diagrams/all-diagrams.ts';
import { DiagramError, diagramInFence } from '../../scripts/diagrams/diagram.ts';
import type { Drawings } from '../../scripts/diagrams/drawings.ts';
import { importOf, importUndrawn, shownDiagram } from './shown-diagram.ts';

/** A page is unlikely to use this name for an import of its own. */
const component = 'MermaidOfFence';
const importMermaid = importOf(component, join(import.meta.dirname, '..', 'components', 'Mermaid.astro'));

/** Returns the plugin for the MDX processor. It fails the build for a faulty diagram, and names the page and the line. */
export function mermaidFences(drawings: Drawings): MdastPluginEntry {
  return ({ fileURL, sourceFormat }) => sourceFormat === 'mdx' && fileURL && fencesOf(fileURLToPath(fileURL), drawings);
}

/** Returns the plugin for one page. */
function fencesOf(page: string, drawings: Drawings): MdastPluginDefinition {
  const imports = new Set<string>();
  const ids = new Set<string>();
  return {
    name: 'duplex:mermaid-fences',
    options: { position: true },
    async code(node) {
      if (!isDiagram(node)) return undefined;
      const line = node.position?.start.line;
      const diagram = diagramInFence(page, line, node.value);
      if (ids.has(diagram.id)) throw new DiagramError(page, line, 'this page shows the same diagram twice. Remove one.');
      ids.add(diagram.id);
      const svg = await drawings.of(diagram).catch((error: unknown) => {
        throw new DiagramError(page, line, error instanceof Error ? error.message : String(error));
      });
      imports.add(importMermaid);
      if (svg === undefined) imports.add(importUndrawn);
      return figure(shownDiagram(diagram, svg));
    },
    after(root, context) {
      if (imports.size > 0) context.prependChild(root, { type: 'mdxjsEsm', value: [...imports].join('\n') });
    },
  };
}

/** Returns `<Mermaid diagram={…} />`. */
function figure(diagram: string): MdxJsxFlowElement {
  const value = { type: 'mdxJsxAttributeValueExpression' as const, value: diagram };
  return {
    type: 'mdxJsxFlowElement',
    name: component,
    attributes: [{ type: 'mdxJsxAttribute', name: 'diagram', value }],
    children: [],
  };
}
