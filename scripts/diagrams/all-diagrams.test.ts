import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { allDiagrams, diagramsIn } from './all-diagrams.ts';
import { drawingName } from './drawing-name.ts';
import { keptDrawings } from './drawings.ts';

const diagrams = allDiagrams();

describe('the drawings in content/drawings', () => {
  it('cover every diagram as it is now, and nothing else; if not, run npm run diagrams', () => {
    expect(readdirSync(keptDrawings).sort()).toEqual(diagrams.map(drawingName).sort());
    expect(diagrams.length).toBeGreaterThan(1);
  });

  it.each(diagrams.map((diagram) => [diagram.name, diagram]))('“%s” has no colour, style or script of its own', (_, diagram) => {
    const drawing = readFileSync(join(keptDrawings, drawingName(diagram)), 'utf8');
    expect(drawing).not.toMatch(/<style|<script|<title|<desc|foreignObject|style="|#[0-9a-f]{3,6}"/i);
    expect(drawing.length).toBeLessThan(16_000);
    expect(diagram.name.length).toBeGreaterThan(14);
  });
});

test('finds diagrams in the fences of a page, including those in lists, but not in code that shows how to write a fence', () => {
  const fence = (name: string): string => `\`\`\`mermaid\nflowchart\n  accTitle: ${name}\n  accDescr: Said.\n\`\`\``;
  const listed = fence('Listed').replaceAll('\n', '\n  ');
  const page = `---\ntitle: A page\n---\n\n${fence('First')}\n\n- ${listed}\n\n\`\`\`\`md\n${fence('Shown')}\n\`\`\`\`\n`;
  expect(diagramsIn('a-page.mdx', page).map(({ name }) => name)).toEqual(['First', 'Listed']);
});
