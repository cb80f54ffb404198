import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { allDiagrams, diagramsIn } from './all-diagrams.ts';
import { drawingName } from './drawing-name.ts';
import { keptDrawings } from './drawings.ts';

const diagrams = allDiagrams();

describe('the drawings in content/drawings', () => {
  it('are there for every diagram as it stands now, and for nothing else; where not, npm run diagrams does it', () => {
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

test('diagrams are found in fences of a page, in lists too, and not where a page shows how a fence is written', () => {
  const fence = (name: string): string => `\`\`\`mermaid\nflowchart\n  accTitle: ${name}\n  accDescr: Said.\n\`\`\``;
  const listed = fence('Listed').replaceAll('\n', '\n  ');
  const page = `---\ntitle: A page\n---\n\n${fence('First')}\n\n- ${listed}\n\n\`\`\`\`md\n${fence('Shown')}\n\`\`\`\`\n`;
  expect(diagramsIn('a-page.mdx', page).map(({ name }) => name)).toEqual(['First', 'Listed']);
});
