import { docsSchema, i18nSchema } from '@astrojs/starlight/schema';
import { glob } from 'astro/loaders';
import { defineCollection } from 'astro:content';

/** Lessons are folders with an `index.mdx`; the example folders beside it hold no pages. */
const pages = ['*/index.mdx', 'reference/*.mdx', '*.mdx'];

export const collections = {
  docs: defineCollection({ loader: glob({ base: './content', pattern: pages }), schema: docsSchema() }),
  // Starlight looks for other wordings of its own words and warns if it finds no entry. We have none, so give it an empty one.
  i18n: defineCollection({ loader: () => [{ id: 'en' }], schema: i18nSchema() }),
};
