import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { diagramSource } from './diagram-source.ts';
import { root } from '../root.ts';

const sources = globSync('content/**/*.mmd', { cwd: root });

it.each(sources)('%s has an up-to-date drawing; if not, run npm run diagrams', (file) => {
  const drawing = readFileSync(join(root, file.replace(/\.mmd$/, '.svg')), 'utf8');
  expect(drawing.split('\n', 1)[0]).toBe(`<!-- ${diagramSource(join(root, file)).stamp} -->`);
});

it.each(sources)('%s has a title, and its drawing has no colour, style or script of its own', (file) => {
  expect(readFileSync(join(root, file), 'utf8')).toMatch(/^ {2}accTitle: .{15,}$/m);
  const drawing = readFileSync(join(root, file.replace(/\.mmd$/, '.svg')), 'utf8');
  expect(drawing).not.toMatch(/<style|<script|foreignObject|style="|#[0-9a-f]{3,6}"/i);
  expect(drawing.length).toBeLessThan(16_000);
});
