/** `import diagram from './states.mmd?diagram'` imports a diagram with its drawing (site/diagrams/shown-diagram.ts). */
import type { Plugin } from 'vite';
import { diagramInFile } from '../../scripts/diagrams/diagram.ts';
import type { Drawings } from '../../scripts/diagrams/drawings.ts';
import { importUndrawn, shownDiagram } from './shown-diagram.ts';

const suffix = '?diagram';

/** Returns the plugin, which serves both `astro dev` and `astro build`. */
export function mermaidFiles(drawings: Drawings): Plugin {
  return {
    name: 'duplex:mermaid-files',
    enforce: 'pre',
    async load(id) {
      if (!id.endsWith(`.mmd${suffix}`)) return undefined;
      const file = id.slice(0, -suffix.length);
      this.addWatchFile(file);
      const diagram = diagramInFile(file);
      const svg = await drawings.of(diagram);
      return `${svg === undefined ? importUndrawn : ''}\nexport default ${shownDiagram(diagram, svg)};`;
    },
  };
}
