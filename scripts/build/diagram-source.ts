/** The source of a diagram, and what tells whether its drawing is of that source. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';

/** A `.mmd` file. */
export interface DiagramSource {
  text: string;
  /** Unique in the site: from the folder's name and its own. */
  id: string;
  /** The first line of its drawing, as a comment. */
  stamp: string;
}

export function diagramSource(file: string): DiagramSource {
  const text = readFileSync(file, 'utf8').replaceAll('\r\n', '\n');
  const id = `d-${basename(dirname(file))}-${basename(file, '.mmd')}`;
  return { text, id, stamp: `Drawn by npm run diagrams from ${createHash('sha256').update(text).digest('hex').slice(0, 16)}` };
}
