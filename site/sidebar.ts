/** The sidebar, made from the lessons that exist: a folder with an `index.mdx` under `content/` is a lesson. */
import { existsSync, readdirSync } from 'node:fs';
import { byPlace, lessonPlace, parts } from './curriculum.ts';

/** A group of Starlight's sidebar, its links by slug. */
export interface SidebarGroup {
  label: string;
  items: { slug: string }[];
}

/** Groups per part and for the reference, without those that have no page yet. `content` is the folder of the lessons. */
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

function referencePages(folder: URL): { slug: string }[] {
  if (!existsSync(folder)) return [];
  const pages = readdirSync(folder).filter((name) => name.endsWith('.mdx'));
  return pages.sort().map((name) => ({ slug: `reference/${name.replace(/\.mdx$/, '')}` }));
}
