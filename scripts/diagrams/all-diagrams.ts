/** Finds every diagram of the site. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mdxToMdast } from 'satteri';
import { root } from '../root.ts';
import { type Diagram, diagramInFence, diagramInFile } from './diagram.ts';

/** Returns the diagrams in the files and pages below `content`. Throws a DiagramError if one lacks its name or words. */
export function allDiagrams(content: string = join(root, 'content')): Diagram[] {
  const files = (pattern: string): string[] =>
    globSync(pattern, { cwd: content })
      .sort()
      .map((file) => join(content, file));
  return [
    ...files('**/*.mmd').map(diagramInFile),
    ...files('**/*.mdx').flatMap((page) => diagramsIn(page, readFileSync(page, 'utf8'))),
  ];
}

/** Returns the diagrams in the fences of a page. Throws a DiagramError if one lacks its name or words. */
export function diagramsIn(page: string, mdx: string): Diagram[] {
  return fencesBelow(mdxToMdast(mdx)).map(({ position, value = '' }) => diagramInFence(page, position?.start.line, value));
}

/** The fields that we read from a node of any type. */
interface AnyNode {
  type: string;
  lang?: string | null | undefined;
  value?: string;
  position?: { start: { line: number } } | undefined;
  children?: readonly AnyNode[];
}

function fencesBelow(node: AnyNode): AnyNode[] {
  if (isDiagram(node)) return [node];
  return (node.children ?? []).flatMap(fencesBelow);
}

/** Returns true if the node is a ```` ```mermaid ```` fence. */
export function isDiagram({ type, lang }: Pick<AnyNode, 'type' | 'lang'>): boolean {
  return type === 'code' && lang === 'mermaid';
}
