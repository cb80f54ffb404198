/** Makes a trace's picture as a file: the timeline's own drawing, with the page's colours written into it. */
import { render } from 'preact';
import { measureDuplex } from '../../protocol/measures/duplex.ts';
import { flightsOf } from '../../protocol/trace/flight-index.ts';
import type { Trace } from '../../protocol/trace/trace.ts';
import { readConversation } from '../timeline/conversation/conversation.ts';
import { layoutTimeline } from '../timeline/layout/layout.ts';
import { TimelineSvg } from '../timeline/paint/TimelineSvg.tsx';
import { whole } from '../timeline/layout/viewport.ts';
import { conversationWords } from '../timeline/words/flight-words.ts';
import { pageFaces } from './faces.ts';

/** The width of the picture, CSS pixels, and its height by the number of lane pairs. */
const width = 960;
const heights = [480, 520, 620, 740, 860, 980];
/** Extra height for each further pair, pixels. */
const heightOfMore = 90;
const scaleOfPng = 2;

/** The properties of a drawing that the style sheet sets, and their defaults. */
const styles = {
  fill: '',
  stroke: 'none',
  'stroke-width': '1px',
  'stroke-dasharray': 'none',
  'stroke-linecap': 'butt',
  'stroke-linejoin': 'miter',
  'paint-order': 'normal',
  opacity: '1',
  'font-family': undefined,
  'font-size': undefined,
  'font-weight': undefined,
} as const;

/** Returns the whole trace as an SVG document, in the page's current colours and with its fonts embedded. */
export async function svgOf(trace: Trace): Promise<string> {
  const faces = await pageFaces();
  const flights = flightsOf(trace);
  const conversation = readConversation(trace, flights);
  const pairs = Math.max(1, conversation.pairs.length);
  const more = Math.max(0, pairs - heights.length);
  const height = (heights[pairs - more - 1] as number) + more * heightOfMore;
  const layout = layoutTimeline(conversation, { ...whole(conversation.end), width, height, orientation: 'across', pairs });
  const words = conversationWords(conversation.flights, conversation.connections, measureDuplex(conversation.flights));
  const box = document.createElement('div');
  box.className = 'tl';
  box.setAttribute('aria-hidden', 'true');
  box.style.cssText = `position:fixed;left:-${2 * width}px;top:0;width:${width}px`;
  document.body.append(box);
  try {
    render(<TimelineSvg layout={layout} id="trace" shape="wide" title="Frames over time" description={words} />, box);
    const svg = box.querySelector('svg') as SVGSVGElement;
    writeStyles(svg, getComputedStyle(box).backgroundColor);
    const style = document.createElementNS('http://www.w3.org/2000/svg', 'style');
    style.textContent = faces;
    svg.prepend(style);
    svg.setAttribute('width', String(width));
    svg.setAttribute('height', String(height));
    return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(svg)}\n`;
  } finally {
    render(null, box);
    box.remove();
  }
}

/** Writes the style sheet's values into the drawing itself, and adds a background. */
function writeStyles(svg: SVGSVGElement, ground: string): void {
  // Read everything before writing anything: each change would make the browser recompute all styles.
  const written = Array.from(svg.querySelectorAll<SVGElement>('path, text'), (element) => {
    const computed = getComputedStyle(element);
    const attributes = Object.entries(styles).flatMap(([name, usual]): [string, string][] => {
      const value = computed.getPropertyValue(name);
      const isForText = usual === undefined;
      return value !== usual && isForText <= (element.localName === 'text') ? [[name, value]] : [];
    });
    return { element, attributes };
  });
  for (const { element, attributes } of written) for (const [name, value] of attributes) element.setAttribute(name, value);
  for (const element of [svg, ...svg.querySelectorAll('[class]')]) element.removeAttribute('class');
  const paper = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  for (const [name, value] of [
    ['width', '100%'],
    ['height', '100%'],
    ['fill', ground],
  ] as const)
    paper.setAttribute(name, value);
  svg.querySelector('desc')?.after(paper);
}

/** Returns the whole trace as a PNG, at two pixels for each of the page's. */
export async function pngOf(trace: Trace): Promise<Blob> {
  const address = URL.createObjectURL(new Blob([await svgOf(trace)], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.width * scaleOfPng;
    canvas.height = image.height * scaleOfPng;
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) => {
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('Cannot make a PNG of this picture'))), 'image/png');
    });
  } finally {
    URL.revokeObjectURL(address);
  }
}
