import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Diagram } from './diagram.ts';
import { drawingName } from './drawing-name.ts';
import { Drawings } from './drawings.ts';

const diagram: Diagram = { id: 'd-a-lesson-states', text: 'flowchart\n  accTitle: States', name: 'States', words: [] };

test('takes a drawing from the repository, else from an earlier build, and starts no browser for it', async () => {
  const folder = (): string => mkdtempSync(join(tmpdir(), 'drawings-'));
  const [kept, cache] = [folder(), folder()];
  const warnings: string[] = [];
  const findBrowser = (): undefined => undefined;
  const drawings = new Drawings({ kept, cache, findBrowser, warn: (words) => void warnings.push(words) });
  expect(await drawings.of(diagram)).toBeUndefined();
  expect(warnings).toEqual([expect.stringMatching(/^Warning: “States” is not drawn yet, and there is no Chromium/)]);
  writeFileSync(join(cache, drawingName(diagram)), '<svg>made</svg>\n');
  expect(await drawings.of(diagram)).toBe('<svg>made</svg>');
  writeFileSync(join(kept, drawingName(diagram)), '<svg>kept</svg>\n');
  expect(await drawings.of(diagram)).toBe('<svg>kept</svg>');
  expect(await drawings.of({ ...diagram, text: `${diagram.text}, changed` })).toBeUndefined();
  expect(warnings).toHaveLength(2);
});

test('treats a Chromium that does not start as none, and warns about it', async () => {
  const empty = mkdtempSync(join(tmpdir(), 'drawings-'));
  const warnings: string[] = [];
  const places = { kept: empty, cache: empty, findBrowser: () => join(empty, 'chromium') };
  const drawings = new Drawings({ ...places, warn: (words) => void warnings.push(words) });
  expect(await drawings.of(diagram)).toBeUndefined();
  expect(warnings).toEqual([expect.stringMatching(/^Warning: “States” is not drawn yet, and .*chromium does not start \(/)]);
});
