/** Every diagram of the site. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mdxToMdast } from 'satteri';
import { root } from '../root.ts';
import { type Diagram, diagramInFence, diagramInFile } from './diagram.ts';

/** Those in files and in fences of pages, below a folder of pages. Throws a DiagramError for one that lacks a name or words. */
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

/** Those in the fences of a page. */
export function diagramsIn(page: string, mdx: string): Diagram[] {
  return fencesBelow(mdxToMdast(mdx)).map(({ position, value = '' }) => diagramInFence(page, position?.start.line, value));
}

/** What is read of a node, whatever its type. */
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

/** True for a ```` ```mermaid ```` fence. */
export function isDiagram({ type, lang }: Pick<AnyNode, 'type' | 'lang'>): boolean {
  return type === 'code' && lang === 'mermaid';
}
