/**
 * `npm run diagrams`: draws every diagram of the site that has no drawing, and deletes drawings whose diagram is gone. We keep
 * the drawings in the repository, so that a reader gets a picture of a few kilobytes, without a script and in either theme.
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureChromium } from '../browser/chromium.ts';
import { allDiagrams } from './all-diagrams.ts';
import { drawingName } from './drawing-name.ts';
import { keptDrawings } from './drawings.ts';
import { startDrawer } from './drawer.ts';

mkdirSync(keptDrawings, { recursive: true });
const kept = new Set(readdirSync(keptDrawings));
const diagrams = new Map(allDiagrams().map((diagram) => [drawingName(diagram), diagram]));
const missing = [...diagrams].filter(([name]) => !kept.has(name));

if (missing.length > 0) {
  const drawer = await startDrawer(ensureChromium());
  try {
    for (const [name, diagram] of missing) {
      const svg = await drawer.draw(diagram);
      writeFileSync(join(keptDrawings, name), `${svg}\n`);
      console.log(`${name}: ${svg.length} bytes`);
    }
  } finally {
    await drawer.end();
  }
}
for (const name of kept) {
  if (diagrams.has(name)) continue;
  rmSync(join(keptDrawings, name));
  console.log(`${name}: deleted`);
}
console.log(`${diagrams.size} diagrams, ${missing.length} newly drawn`);
