/** The sidebar, made from the lessons that exist: a folder with an `index.mdx` under `content/` is a lesson. */
import { existsSync, readdirSync } from 'node:fs';
import { byPlace, lessonPlace, parts } from './curriculum.ts';

/** A group of Starlight's sidebar, with its links by slug. */
export interface SidebarGroup {
  label: string;
  items: { slug: string }[];
}

/** Returns a group for each part and for the reference, but none without pages. `content` is the folder of the lessons. */
export function sidebar(content: URL): SidebarGroup[] {
  const lessons = readdirSync(content)
    .filter((name) => lessonPlace(name) && existsSync(new URL(`${name}/index.mdx`, content)))
    .sort(byPlace);
  const groups = parts.map(({ number, title }) => ({
    label: title,
    items: lessons.filter((slug) => lessonPlace(slug)?.part === number).map((slug) => ({ slug })),
  }));
  groups.push({ label: 'Reference', items: referencePages(new URL('reference/', content)) });
  return groups.filter(({ items }) => items.length > 0);
}

/** The order of the reference pages; those not named here follow, by name. */
const order = [
  ...[
    'frame-format',
    'close-codes',
    'states-and-events',
    'modes',
    'http-and-websocket',
    'often-said',
    'sandbox',
    'in-page',
    'trace',
  ],
  ...['conformance', 'measurements', 'glossary', 'sources', 'writing-lessons', 'teaching'],
];

function referencePages(folder: URL): { slug: string }[] {
  if (!existsSync(folder)) return [];
  const place = (name: string): number => (order.includes(name) ? order.indexOf(name) : order.length);
  const pages = readdirSync(folder)
    .filter((name) => name.endsWith('.mdx'))
    .map((name) => name.replace(/\.mdx$/, ''));
  return pages.sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1)).map((name) => ({ slug: `reference/${name}` }));
}
