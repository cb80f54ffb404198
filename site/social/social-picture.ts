/** Draws the picture that stands for a page when somebody links to it: its title, and the frames of its own recorded run. */
import sharp from 'sharp';
import type { Flight } from '../../protocol/trace/flight.ts';
import { flightsOf } from '../../protocol/trace/flight-index.ts';
import type { Trace } from '../../protocol/trace/trace.ts';

/** What a picture shows. */
export interface SocialPicture {
  title: string;
  /** Stands above the title, such as `1.4 Directions`. */
  place: string | undefined;
  trace: Trace | undefined;
}

const size = { width: 1200, height: 630 };
const lanes = { left: 72, right: 1128, top: 380, bottom: 560 };
const longestLine = 34;
/** The light theme's colours from site/styles/tokens.css: a picture has no theme. */
export const colours = {
  paper: '#faf9f6',
  ink: '#16191d',
  'ink-soft': '#474d55',
  'rule-strong': '#85827a',
  c2s: '#00566d',
  s2c: '#a35608',
} as const;

/** Returns the picture as an SVG document. Its words use whatever face the build machine has. */
export function socialSvg({ title, place, trace }: SocialPicture): string {
  const rows = titleRows(title);
  const text = (y: number, size: number, weight: number, colour: string, words: string): string =>
    `<text x="${lanes.left}" y="${y}" font-size="${size}" font-weight="${weight}" fill="${colour}">${escaped(words)}</text>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}" font-family="'Source Sans 3', 'Noto Sans', 'DejaVu Sans', 'Liberation Sans', Arial, sans-serif">
<rect width="100%" height="100%" fill="${colours.paper}"/>
${text(92, 30, 500, colours['ink-soft'], `Duplex Playground${place ? ` · ${place}` : ''}`)}
${rows.map((row, i) => text(180 + i * 72, 58, 700, colours.ink, row)).join('\n')}
${[lanes.top, lanes.bottom].map((y) => `<path d="M${lanes.left} ${y}H${lanes.right}" stroke="${colours['rule-strong']}" stroke-width="2"/>`).join('')}
${trace ? frames(flightsOf(trace)) : ''}
</svg>`;
}

/** Returns the picture as a PNG of 1200 × 630, the size that most places show. */
export async function socialPng(picture: SocialPicture): Promise<Buffer> {
  return await sharp(Buffer.from(socialSvg(picture)))
    .png({ palette: true })
    .toBuffer();
}

/** Splits a title into at most two rows; a longer one ends in an ellipsis. */
function titleRows(title: string): string[] {
  const rows: string[] = [''];
  for (const word of title.split(' ')) {
    const last = rows.at(-1) ?? '';
    if (last === '' || last.length + word.length < longestLine) rows[rows.length - 1] = `${last} ${word}`.trim();
    else rows.push(word);
  }
  return rows.length > 2 ? [rows[0] ?? '', `${rows[1] ?? ''} …`] : rows;
}

/** Draws a line for each frame, from when it departed to when it arrived: solid to the server, double to the client. */
function frames(flights: readonly Flight[]): string {
  const carried = flights.flatMap(({ departedAt, receivedAt, direction }) =>
    departedAt === undefined || receivedAt === undefined ? [] : [{ from: departedAt, to: receivedAt, direction }],
  );
  const start = Math.min(...carried.map(({ from }) => from));
  const end = Math.max(...carried.map(({ to }) => to));
  const x = (time: number): string =>
    (lanes.left + ((time - start) / Math.max(1, end - start)) * (lanes.right - lanes.left)).toFixed(1);
  return carried
    .map(({ from, to, direction }) => {
      const line = (y1: number, y2: number, stroke: string, width: number): string =>
        `<path d="M${x(from)} ${y1}L${x(to)} ${y2}" stroke="${stroke}" stroke-width="${width}"/>`;
      if (direction === 'client-to-server') return line(lanes.top, lanes.bottom, colours.c2s, 4);
      return line(lanes.bottom, lanes.top, colours.s2c, 6) + line(lanes.bottom, lanes.top, colours.paper, 2.5);
    })
    .join('\n');
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const escaped = (text: string): string => text.replace(/[&<>]/g, (character) => entities[character] ?? character);
