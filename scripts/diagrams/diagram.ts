/** Reads the source of a diagram: a file `content/…/<name>.mmd`, or a ```` ```mermaid ```` fence in a page. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, dirname, relative } from 'node:path';
import { root } from '../root.ts';

export interface Diagram {
  /** Begins with `d-` and says where the diagram is. Unique in the site; the drawing has the same id. */
  id: string;
  text: string;
  /** The figure's name, from `accTitle`. */
  name: string;
  /** The paragraphs of `accDescr`; empty if there is none. */
  words: string[];
}

/** Thrown if we cannot show a diagram to every reader as it is written. `message` says where it is and what to write. */
export class DiagramError extends Error {
  override name = 'DiagramError';
  /** The line of the page where the diagram begins, counted from 1. */
  readonly line: number | undefined;

  constructor(file: string, line: number | undefined, message: string) {
    super(`${relative(root, file).replaceAll('\\', '/')}${line === undefined ? '' : `, line ${line}`}: ${message}`);
    this.line = line;
  }
}

/** Reads a `.mmd` file. Throws a DiagramError if the diagram has no name. */
export function diagramInFile(file: string): Diagram {
  const id = `d-${basename(dirname(file))}-${basename(file, '.mmd')}`;
  return diagramOf(id, readFileSync(file, 'utf8'), file, undefined);
}

/**
 * Returns the diagram of the fence that begins at `line` of `page`. Throws a DiagramError if it has no name, or no words for
 * readers who cannot see it: a fence has no other place for them.
 */
export function diagramInFence(page: string, line: number | undefined, text: string): Diagram {
  const place = basename(page, '.mdx') === 'index' ? basename(dirname(page)) : basename(page, '.mdx');
  const own = createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('hex').slice(0, 8);
  const diagram = diagramOf(`d-${place}-${own}`, text, page, line);
  if (diagram.words.length > 0) return diagram;
  throw new DiagramError(
    page,
    line,
    'this diagram has no description for readers who cannot see it. ' +
      'Write "accDescr: …" below its accTitle, or "accDescr { … }" for several lines.',
  );
}

function diagramOf(id: string, source: string, file: string, line: number | undefined): Diagram {
  const text = source.replaceAll('\r\n', '\n');
  const name = /^[ \t]*accTitle[ \t]*:[ \t]*(.*\S)/m.exec(text)?.[1];
  if (name === undefined) {
    const what = 'this diagram has no name. Write "accTitle: …" below its first line, and say in a few words what it shows.';
    throw new DiagramError(file, line, what);
  }
  return { id, text, name, words: wordsOf(text) };
}

function wordsOf(text: string): string[] {
  const words = /^[ \t]*accDescr[ \t]*:(.*)/m.exec(text)?.[1] ?? /^[ \t]*accDescr[ \t]*\{([^}]*)\}/m.exec(text)?.[1] ?? '';
  const paragraphs = words.split(/\n\s*\n/).map((paragraph) => paragraph.trim().replace(/\s+/g, ' '));
  return paragraphs.filter((paragraph) => paragraph !== '');
}
