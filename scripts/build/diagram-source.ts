/** The source of a diagram, and the stamp that tells whether its drawing is of that source. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';

/** A `.mmd` file. */
export interface DiagramSource {
  text: string;
  /** Unique in the site: made of the folder's name and the file's. */
  id: string;
  /** The comment on the first line of its drawing. */
  stamp: string;
}

export function diagramSource(file: string): DiagramSource {
  const text = readFileSync(file, 'utf8').replaceAll('\r\n', '\n');
  const id = `d-${basename(dirname(file))}-${basename(file, '.mmd')}`;
  return { text, id, stamp: `Drawn by npm run diagrams from ${createHash('sha256').update(text).digest('hex').slice(0, 16)}` };
}
