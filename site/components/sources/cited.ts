/** Collects what the pages cite from their source text, so that the page of sources cannot forget one. */
import { citation, type Citation, type Reference } from './citation.ts';

/** A cited section and the pages that cite it. */
export interface CitedSection extends Citation {
  /** Slugs of pages, each once, in the order given. */
  pages: string[];
}

/** A text with its cited sections. */
export interface CitedSource {
  source: string;
  sections: CitedSection[];
}

const use = /<(?:Cite|Rule)\s([^>]*)>/g;
const attribute = /(\w+)=(?:"([^"]*)"|\{(\d+)\})/g;

/** Returns every reference in the text of a page. */
export function referencesIn(text: string): Reference[] {
  return [...text.matchAll(use)].map(([, attributes = '']) => {
    const entries = [...attributes.matchAll(attribute)].map(([, name, quoted, number]) => [name, quoted ?? number]);
    return Object.fromEntries(entries) as Reference;
  });
}

/** Returns the texts that pages cite, the most cited first, each with its sections in order. */
export function citedSources(pages: ReadonlyMap<string, string>): CitedSource[] {
  const sources = new Map<string, Map<string, CitedSection>>();
  for (const [page, text] of pages) {
    for (const cited of referencesIn(text).map(citation)) {
      const sections = sources.get(cited.source) ?? new Map<string, CitedSection>();
      sources.set(cited.source, sections);
      const key = cited.label + cited.href;
      const section = sections.get(key) ?? { ...cited, pages: [] };
      sections.set(key, section);
      if (!section.pages.includes(page)) section.pages.push(page);
    }
  }
  const uses = ({ sections }: CitedSource): number => sections.reduce((sum, { pages }) => sum + pages.length, 0);
  const inOrder = new Intl.Collator('en', { numeric: true });
  return [...sources]
    .map(([source, sections]) => ({
      source,
      sections: [...sections.values()].sort((a, b) => inOrder.compare(a.label, b.label) || inOrder.compare(a.href, b.href)),
    }))
    .sort((a, b) => uses(b) - uses(a) || inOrder.compare(a.source, b.source));
}
