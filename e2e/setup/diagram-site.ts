/** Builds and serves a small site with diagrams like the real one: Astro, Starlight, MDX, our plugins, our policies. */
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { buildPages } from '../../scripts/build/astro-build.ts';
import { writePagePolicies } from '../../scripts/build/page-policies.ts';
import { root } from '../../scripts/root.ts';
import { type RunningServer, startServer } from './server.ts';

const module = (path: string): string => JSON.stringify(join(root, path).replaceAll('\\', '/'));

/** Returns a config like astro.config.mjs, but with drawings only from the folder `kept`, and no browser to make others. */
const config = (kept: string): string => `
  import { satteri } from '@astrojs/markdown-satteri';
  import mdx from '@astrojs/mdx';
  import starlight from '@astrojs/starlight';
  import { Drawings } from ${module('scripts/diagrams/drawings.ts')};
  import { mermaidFences } from ${module('site/vite/mermaid-fences.ts')};
  import { mermaidFiles } from ${module('site/vite/mermaid-files.ts')};

  const kept = ${JSON.stringify(kept)};
  const drawings = new Drawings({ kept, cache: kept, findBrowser: () => undefined, warn: () => undefined });
  const customCss = [${['fonts', 'tokens', 'base', 'prose'].map((name) => module(`site/styles/${name}.css`)).join()}];
  export default {
    markdown: { processor: satteri({ mdastPlugins: [mermaidFences(drawings)] }) },
    vite: { plugins: [mermaidFiles(drawings)] },
    integrations: [
      starlight({ title: 'Diagrams', pagefind: false, expressiveCode: false, disable404Route: true, customCss }),
      mdx(),
      { name: '@astrojs/sitemap', hooks: {} },
    ],
  };`;

/**
 * Builds and serves a site. `pages` has the MDX of each page by its name, and `drawings` has each drawing by its file name. The
 * site finds no other drawings.
 */
export async function startDiagramSite(pages: Record<string, string>, drawings: Record<string, string>): Promise<RunningServer> {
  mkdirSync(join(root, '.cache'), { recursive: true });
  // Build within the project, so that imports find its packages.
  const folder = mkdtempSync(join(root, '.cache', 'diagram-site-'));
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  write('astro.config.mjs', config(join(folder, 'drawings')));
  write('src/content.config.ts', readFileSync(join(root, 'site', 'content.config.ts'), 'utf8'));
  for (const [name, text] of Object.entries(pages)) {
    write(`content/${name}/index.mdx`, `---\ntitle: ${name}\ndescription: A page with diagrams.\n---\n\n${text}`);
  }
  for (const [name, svg] of Object.entries(drawings)) write(`drawings/${name}`, svg);
  const silent = { begin: () => undefined, detail: () => undefined };
  await buildPages(silent, ['node_modules/astro/bin/astro.mjs', 'build', '--root', folder]);
  writePagePolicies(join(folder, 'dist'));
  const server = await startServer({ options: ['--site', join(folder, 'dist')] });
  return {
    origin: server.origin,
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true });
    },
  };
}
