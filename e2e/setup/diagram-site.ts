/** A small site of pages with diagrams, built and served as the real one is: Astro, Starlight, MDX, our plugins, our policies. */
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { buildPages } from '../../scripts/build/astro-build.ts';
import { writePagePolicies } from '../../scripts/build/page-policies.ts';
import { root } from '../../scripts/root.ts';
import { type RunningServer, startServer } from './server.ts';

const module = (path: string): string => JSON.stringify(join(root, path).replaceAll('\\', '/'));

/** As astro.config.mjs has it, with drawings from that folder alone and no browser to make others. */
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
 * Builds pages, by their names, of these texts in MDX, and serves them. `drawings` has drawings by the names of their files; there
 * are no others but those of the lessons.
 */
export async function startDiagramSite(pages: Record<string, string>, drawings: Record<string, string>): Promise<RunningServer> {
  mkdirSync(join(root, '.cache'), { recursive: true });
  // Within the project, so that packages are found.
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
