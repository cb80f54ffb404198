/**
 * Returns Mermaid's drawing with only what a page needs: shapes, words and classes. Removes Mermaid's style sheet and colours,
 * since the page sets those in both themes, and everything that nothing refers to. Runs in the browser that made the drawing.
 * `npm run diagrams` and the build send it there as text, so it can use nothing from outside itself.
 */
export function cleanDrawing(text: string): string {
  const svg = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement;
  for (const part of svg.querySelectorAll('style, filter, symbol')) part.remove();
  for (const marker of svg.querySelectorAll('marker')) {
    if (!svg.querySelector(`[marker-end="url(#${marker.id})"], [marker-start="url(#${marker.id})"]`)) marker.remove();
  }
  for (const part of svg.querySelectorAll('*')) {
    const from = part.getAttribute('data-from');
    // Give messages between the two ends the colour and stroke of their direction, as everywhere else.
    if (part.tagName === 'line' && from) part.classList.add(from === 'client' ? 'to-server' : 'to-client');
    if (part.tagName !== 'marker') part.removeAttribute('id');
    for (const { name } of [...part.attributes]) {
      const isColour = /^(style|fill|stroke|stroke-width|font-style|font-weight|alignment-baseline|filter|name)$/.test(name);
      if (isColour || name.startsWith('data-')) part.removeAttribute(name);
      else if (/^(d|x|y|x1|x2|y1|y2|width|height|transform|viewBox|cx|cy|r)$/.test(name)) {
        const short = (part.getAttribute(name) ?? '').replace(/\d+\.\d+/g, (number) =>
          String(Math.round(Number(number) * 10) / 10),
        );
        part.setAttribute(name, short);
      }
    }
    // Centre a box's words.
    if (part.matches('.node > .label'))
      part.setAttribute('transform', (part.getAttribute('transform') ?? '').replace(/\([^,]+,/, '(0,'));
    if (part.classList.contains('to-client')) {
      // Draw that direction's double line as a wide line with a paper-coloured one along its middle.
      const gap = part.cloneNode() as Element;
      gap.setAttribute('class', 'gap');
      gap.removeAttribute('marker-end');
      // Stop before the arrowhead.
      gap.setAttribute('x2', String(Number(part.getAttribute('x2')) + 12));
      part.after(gap);
    }
  }
  for (const group of [...svg.querySelectorAll('g, defs')].reverse()) if (group.childElementCount === 0) group.remove();
  // The figure around it names and describes it.
  for (const part of svg.querySelectorAll(':scope > :is(title, desc)')) part.remove();
  for (const name of ['width', 'style', 'role', 'aria-roledescription', 'aria-labelledby', 'aria-describedby']) {
    svg.removeAttribute(name);
  }
  const box = (svg.getAttribute('viewBox') ?? '').split(' ').map((number) => String(Math.round(Number(number))));
  const [, , width = '', height = ''] = box;
  svg.setAttribute('viewBox', box.join(' '));
  svg.setAttribute('width', width);
  svg.setAttribute('height', height);
  return new XMLSerializer().serializeToString(svg);
}
