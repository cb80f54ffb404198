import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { mdxToJs } from 'satteri';
import { expect, test } from 'vitest';
import { diagramInFence } from '../../scripts/diagrams/diagram.ts';
import { drawingName } from '../../scripts/diagrams/drawing-name.ts';
import { Drawings } from '../../scripts/diagrams/drawings.ts';
import { root } from '../../scripts/root.ts';
import { mermaidFences } from './mermaid-fences.ts';

const page = join(root, 'content', '9-9-a-lesson', 'index.mdx');
const written = 'sequenceDiagram\n  accTitle: Two {ends}\n  accDescr: They `talk`.\n  client->>server: hello';
const fence = `\`\`\`mermaid\n${written}\n\`\`\`\n`;

const kept = mkdtempSync(join(tmpdir(), 'fences-'));
const drawings = new Drawings({ kept, cache: kept, findBrowser: () => undefined, warn: () => undefined });

/** Returns the module of a page with that text. */
async function compiled(mdx: string): Promise<string> {
  const plugins = { mdastPlugins: [mermaidFences(drawings)] };
  return (await mdxToJs(mdx, { ...plugins, fileURL: pathToFileURL(page) })).code;
}

test('turns a fence into the figure of <Mermaid>, with its drawing', async () => {
  const diagram = diagramInFence(page, 3, written);
  writeFileSync(join(kept, drawingName(diagram)), '<svg class="kept"/>\n');
  const code = await compiled(`Before.\n\n${fence}\n\nBehind.`);
  expect(code).toContain(`/site/components/Mermaid.astro";`);
  expect(code.replace(/\s+/g, ' ')).toMatch(
    /_jsx\(MermaidOfFence, \{ diagram: .*"name": "Two \{ends\}".*"svg": "<svg class=\\"kept\\"\/>"/,
  );
  expect(code).not.toContain('Undrawn');
});

test('without a drawing, the figure has the component that draws it in the page', async () => {
  const code = await compiled(fence.replace('hello', 'not drawn yet'));
  expect(code).toContain(`/site/diagrams/Undrawn.astro";`);
  expect(code).not.toContain('"svg"');
});

test('leaves other code alone, and imports nothing into a page without a diagram', async () => {
  const code = await compiled(`\`\`\`ts\nlet mermaid;\n\`\`\`\n\n\`\`\`\`md\n${fence}\`\`\`\`\n`);
  expect(code).not.toContain('MermaidOfFence');
  expect(code).toContain('let mermaid;');
});

test('fails a page if a fence lacks a name or words or comes twice, and says where', async () => {
  const place = 'content/9-9-a-lesson/index.mdx, line 5: ';
  const above = '---\ntitle: A lesson\n---\n\n';
  await expect(compiled(above + fence.replace('accTitle', 'title'))).rejects.toThrow(`${place}this diagram has no name`);
  await expect(compiled(above + fence.replace('accDescr', 'title'))).rejects.toThrow(`${place}this diagram has no description`);
  await expect(compiled(above + fence.replace('accTitle', 'title'))).rejects.toMatchObject({ line: 5 });
  await expect(compiled(`${above}${fence}\n${fence}`)).rejects.toThrow('line 12: this page shows the same diagram twice');
});
