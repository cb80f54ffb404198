/** Under what name a drawing is kept: from it alone it is known whether the drawing is of the diagram as it stands. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mermaidOptions } from '../../site/diagrams/mermaid-options.ts';
import { root } from '../root.ts';
import type { Diagram } from './diagram.ts';

/** The face in which the words are measured: boxes are as wide as their words are in it. */
export const faceFile = join(root, 'site', 'assets', 'fonts', 'source-sans-3.woff2');

/** What decides about every drawing: Mermaid's version and options, the face, and what is left of Mermaid's drawing. */
function decidedBy(): string {
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    dependencies: { mermaid: string };
  };
  // Line ends are those of the repository, whatever the machine makes of them.
  const cleaning = readFileSync(join(root, 'site', 'diagrams', 'clean-drawing.ts'), 'utf8').replaceAll('\r\n', '\n');
  const face = createHash('sha256').update(readFileSync(faceFile)).digest('hex');
  return JSON.stringify([dependencies.mermaid, mermaidOptions, cleaning, face]);
}

let common: string | undefined;

/** The name of a diagram's drawing, such as `3-2-opening-handshake-handshake.0123456789abcdef.svg`: another one after every change. */
export function drawingName({ id, text }: Diagram): string {
  common ??= decidedBy();
  const hash = createHash('sha256')
    .update(JSON.stringify([id, text, common]))
    .digest('hex')
    .slice(0, 16);
  return `${id.slice('d-'.length)}.${hash}.svg`;
}
