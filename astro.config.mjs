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
import { linkTerms } from './site/vite/link-terms.ts';
import { leanMonaco } from './site/vite/lean-monaco.ts';
import { mermaidFences } from './site/vite/mermaid-fences.ts';
import { mermaidFiles } from './site/vite/mermaid-files.ts';
import { runnerFrame } from './site/vite/runner-frame.ts';

/** The components of Starlight that the project replaces, by name; the rest of a page's frame is Starlight's. */
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
 * A style sheet of ours by itself is the same file from the build of the pages and from that of their scripts. In parts as they come,
 * a page would fetch the rules of what is in both twice.
 */
const ourSheet = /\/site\/(?!styles\/)[\w/-]+\.css$/;
/** What every page with a timeline needs of the protocol: as a part for each way in which others share it, it would be a dozen files. */
const flights =
  /\/(?:protocol\/(?:collections\/binary-search|measures\/duplex|wire\/opcode|trace\/(?:client-name|compression|exchange|exchange-flights|flight|flight-table|trace))|site\/timeline\/conversation\/flight-time-index)\.ts$/;

const sheetName = (id) => id.split('/').at(-1).replace('.css', '');

const drawings = new Drawings();

/** Stands in for Starlight's own, which warns at each build where it is not known at what address the site will be. */
const noSitemap = { name: '@astrojs/sitemap', hooks: {} };

export default defineConfig({
  // Where the site will be found; canonical addresses and the sitemap are made only when it is known.
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
      // Monaco is one large part, fetched by itself once the code is touched.
      chunkSizeWarningLimit: 5000,
      rolldownOptions: {
        output: {
          codeSplitting: {
            groups: [
              { name: sheetName, test: ourSheet },
              { name: 'flights', test: flights },
            ],
          },
        },
        // Astro's own mark in each page, which nothing reads any more once pages are bundled.
        onLog: (level, log, handle) => (log.code === 'MODULE_LEVEL_DIRECTIVE' ? undefined : handle(level, log)),
      },
    },
    // Vite looks for what to bundle ahead before the Preact integration is asked, and would look for React.
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
