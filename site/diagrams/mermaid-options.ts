/**
 * How Mermaid draws for this site: the same when a diagram is drawn ahead and when a page draws it. Boxes, lines and places are
 * Mermaid's; what colours they have is the page's (site/components/Mermaid.astro), in both themes.
 */
export const mermaidOptions = {
  startOnLoad: false,
  // Whoever asked for the drawing says that there is none; Mermaid would draw a bomb.
  suppressErrorRendering: true,
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
} as const;
