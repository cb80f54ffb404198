/**
 * Tells Mermaid how to draw for this site, both ahead of time and in a page. Mermaid decides on boxes, lines and places; the page
 * sets their colours in both themes (site/components/Mermaid.astro).
 */
export const mermaidOptions = {
  startOnLoad: false,
  // Our own code reports a failed drawing; Mermaid would draw a bomb.
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
