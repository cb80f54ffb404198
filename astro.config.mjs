import { fileURLToPath } from 'node:url';
import { satteri } from '@astrojs/markdown-satteri';
import mdx from '@astrojs/mdx';
import preact from '@astrojs/preact';
import starlight from '@astrojs/starlight';
import { defineConfig } from 'astro/config';
import { devSandbox } from './scripts/dev-sandbox.ts';
import { Drawings } from './scripts/diagrams/drawings.ts';
import { sidebar } from './site/sidebar.ts';
import { bundledScript } from './site/vite/bundled-script.ts';
import { flights, frames } from './site/vite/flights-chunk.ts';
import { linkTerms } from './site/vite/link-terms.ts';
import { leanMonaco } from './site/vite/lean-monaco.ts';
import { mermaidFences } from './site/vite/mermaid-fences.ts';
import { mermaidFiles } from './site/vite/mermaid-files.ts';
import { runnerFrame } from './site/vite/runner-frame.ts';

/** The Starlight components that the project replaces, by name; the rest of a page's frame is Starlight's. */
const overridden = [
  'ContentPanel',
  'Footer',
  'Head',
  'Header',
  'Hero',
  'MarkdownContent',
  'PageFrame',
  'PageTitle',
  'Pagination',
  'Search',
  'Sidebar',
  'SiteTitle',
  'ThemeProvider',
  'ThemeSelect',
  'TwoColumnContent',
];

/**
 * Gives each of our style sheets its own file, so that the build of the pages and the build of their scripts make the same one.
 * With the default chunks, a page would fetch rules that are in both builds twice.
 */
const ourSheet = /\/site\/(?!styles\/)[\w/-]+\.css$/;

const sheetName = (id) => id.split('/').at(-1).replace('.css', '');

const drawings = new Drawings();

/** Replaces Starlight's own sitemap, which warns at each build if the site's address is unknown. */
const noSitemap = { name: '@astrojs/sitemap', hooks: {} };

export default defineConfig({
  // The site's address. Canonical addresses and the sitemap exist only when it is known.
  ...(process.env.SITE_URL ? { site: process.env.SITE_URL } : {}),
  srcDir: './site',
  devToolbar: { enabled: false },
  // Starlight would add a script for this; the speculation rules in Head.astro need none.
  prefetch: false,
  markdown: { shikiConfig: { theme: 'css-variables' }, processor: satteri({ mdastPlugins: [mermaidFences(drawings)] }) },
  vite: {
    plugins: [
      bundledScript(),
      runnerFrame(),
      leanMonaco(),
      linkTerms(fileURLToPath(new URL('./content/', import.meta.url))),
      mermaidFiles(drawings),
    ],
    build: {
      // Monaco is one large chunk, which a page fetches only once the reader touches the code.
      chunkSizeWarningLimit: 5000,
      rolldownOptions: {
        output: {
          codeSplitting: {
            groups: [
              { name: sheetName, test: ourSheet },
              { name: 'flights', test: flights },
              { name: 'frame', test: frames },
            ],
          },
        },
        // Ignore the warning about the directive that Astro puts into each page: nothing reads it once pages are bundled.
        onLog: (level, log, handle) => (log.code === 'MODULE_LEVEL_DIRECTIVE' ? undefined : handle(level, log)),
      },
    },
    // Vite looks for what to prebundle before it asks the Preact integration, and would look for React.
    optimizeDeps: { rolldownOptions: { transform: { jsx: { importSource: 'preact' } } } },
  },
  integrations: [
    starlight({
      title: 'Duplex Playground',
      titleDelimiter: '·',
      description: 'Learn how the two ends of a connection talk: run real WebSocket code, and see the frames cross in the air.',
      favicon: '/favicon.svg',
      disable404Route: true,
      sidebar: sidebar(new URL('./content/', import.meta.url)),
      tableOfContents: false,
      expressiveCode: false,
      markdown: { headingLinks: false, processedDirs: ['./content'] },
      customCss: [
        './site/styles/fonts.css',
        './site/styles/tokens.css',
        './site/styles/starlight.css',
        './site/styles/base.css',
        './site/styles/prose.css',
        './site/styles/print.css',
      ],
      components: Object.fromEntries(overridden.map((name) => [name, `./site/overrides/${name}.astro`])),
    }),
    mdx(),
    preact(),
    devSandbox(),
    ...(process.env.SITE_URL ? [] : [noSitemap]),
  ],
});
