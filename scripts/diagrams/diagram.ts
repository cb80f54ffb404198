/** A diagram as it is written: in a file `content/…/<name>.mmd`, or in a page between the lines of a ```` ```mermaid ```` fence. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, dirname, relative } from 'node:path';
import { root } from '../root.ts';

export interface Diagram {
  /** Unique in the site, and the id of its drawing: `d-`, and where it stands. */
  id: string;
  text: string;
  /** What its `accTitle` says: the name of the figure. */
  name: string;
  /** What its `accDescr` says, in paragraphs; empty where it has none. */
  words: string[];
}

/** A diagram that cannot be shown to everybody as it is written. `message` says where it is and what to write. */
export class DiagramError extends Error {
  override name = 'DiagramError';
  /** The line of its page at which it begins, from 1. */
  readonly line: number | undefined;

  constructor(file: string, line: number | undefined, message: string) {
    super(`${relative(root, file).replaceAll('\\', '/')}${line === undefined ? '' : `, line ${line}`}: ${message}`);
    this.line = line;
  }
}

/** Reads a `.mmd` file. Throws a DiagramError where the diagram has no name. */
export function diagramInFile(file: string): Diagram {
  const id = `d-${basename(dirname(file))}-${basename(file, '.mmd')}`;
  return diagramOf(id, readFileSync(file, 'utf8'), file, undefined);
}

/**
 * The diagram of a fence that begins at `line` of a page. Throws a DiagramError where it has no name, or no words for those who
 * cannot see it: beside a fence there is no other place for them.
 */
export function diagramInFence(page: string, line: number | undefined, text: string): Diagram {
  const place = basename(page, '.mdx') === 'index' ? basename(dirname(page)) : basename(page, '.mdx');
  const own = createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('hex').slice(0, 8);
  const diagram = diagramOf(`d-${place}-${own}`, text, page, line);
  if (diagram.words.length > 0) return diagram;
  throw new DiagramError(
    page,
    line,
    'this diagram does not say in words what it shows, for those who cannot see it. ' +
      'Write "accDescr: …" below its accTitle, or "accDescr { … }" for several lines.',
  );
}

function diagramOf(id: string, source: string, file: string, line: number | undefined): Diagram {
  const text = source.replaceAll('\r\n', '\n');
  const name = /^[ \t]*accTitle[ \t]*:[ \t]*(.*\S)/m.exec(text)?.[1];
  if (name === undefined) {
    const what = 'this diagram has no name. Write "accTitle: …" below its first line: what it shows, in a few words.';
    throw new DiagramError(file, line, what);
  }
  return { id, text, name, words: wordsOf(text) };
}

function wordsOf(text: string): string[] {
  const words = /^[ \t]*accDescr[ \t]*:(.*)/m.exec(text)?.[1] ?? /^[ \t]*accDescr[ \t]*\{([^}]*)\}/m.exec(text)?.[1] ?? '';
  const paragraphs = words.split(/\n\s*\n/).map((paragraph) => paragraph.trim().replace(/\s+/g, ' '));
  return paragraphs.filter((paragraph) => paragraph !== '');
}
