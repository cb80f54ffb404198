/** Names a drawing, so that the name alone tells whether the drawing shows the diagram as it is now. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mermaidOptions } from '../../site/diagrams/mermaid-options.ts';
import { root } from '../root.ts';
import type { Diagram } from './diagram.ts';

/** Mermaid measures words in this face, since boxes are as wide as their words. */
export const faceFile = join(root, 'site', 'assets', 'fonts', 'source-sans-3.woff2');

/** Returns what every drawing depends on: Mermaid's version and options, the face, and how we clean Mermaid's drawing. */
function decidedBy(): string {
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    dependencies: { mermaid: string };
  };
  // Use the repository's line ends, so that the name is the same on a machine that checks out others.
  const cleaning = readFileSync(join(root, 'site', 'diagrams', 'clean-drawing.ts'), 'utf8').replaceAll('\r\n', '\n');
  const face = createHash('sha256').update(readFileSync(faceFile)).digest('hex');
  return JSON.stringify([dependencies.mermaid, mermaidOptions, cleaning, face]);
}

let common: string | undefined;

/**
 * Returns the name of a diagram's drawing, such as `3-2-opening-handshake-handshake.0123456789abcdef.svg`. The name changes with
 * everything that the drawing depends on.
 */
export function drawingName({ id, text }: Diagram): string {
  common ??= decidedBy();
  const hash = createHash('sha256')
    .update(JSON.stringify([id, text, common]))
    .digest('hex')
    .slice(0, 16);
  return `${id.slice('d-'.length)}.${hash}.svg`;
}
