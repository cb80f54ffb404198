/** Reads from the project's files which imports which, independently of the linter, to confirm the linter's rules. */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';

const code = '{protocol,sandbox-server,in-page,site,content,lint,scripts,e2e,bench}/**/*.{ts,tsx,js,astro}';
const others = /(^|\/)(node_modules|diagrams)\/|\.d\.ts$/;

/** One import in a file. */
export interface Import {
  /** The file's path from the root, or the name of a package. */
  from: string;
  /** True if it only imports types, so that nothing is loaded. */
  isType: boolean;
}

/** Returns every file of our code below `root`, by its path from there, with its imports. */
export function importGraph(root: string): Map<string, Import[]> {
  const files = globSync(code, { cwd: root }).map((file) => file.replaceAll('\\', '/'));
  const own = files.filter((file) => !others.test(file)).sort();
  return new Map(own.map((file) => [file, importsOf(file, readFileSync(join(root, file), 'utf8'))]));
}

/** Returns a file's imports, including dynamic imports of a string literal. */
export function importsOf(file: string, text: string): Import[] {
  const script = file.endsWith('.astro') ? scriptsOf(text) : text;
  const kind = file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const found: Import[] = [];
  const add = (specifier: ts.Expression | undefined, isType: boolean): void => {
    if (specifier && ts.isStringLiteralLike(specifier)) found.push({ from: resolve(file, specifier.text), isType });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, isTypeImport(node));
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) add(node.arguments[0], false);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, script, ts.ScriptTarget.Latest, false, kind));
  return found;
}

function isTypeImport({ importClause }: ts.ImportDeclaration): boolean {
  if (!importClause) return false;
  if (importClause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const { name, namedBindings } = importClause;
  return !name && !!namedBindings && ts.isNamedImports(namedBindings) && namedBindings.elements.every((one) => one.isTypeOnly);
}

const resolve = (file: string, specifier: string): string =>
  specifier.startsWith('.')
    ? relative('', join(dirname(file), specifier.split('?', 1)[0] ?? '')).replaceAll('\\', '/')
    : specifier;

/** Returns the code between a component's first fences and in its script elements. */
function scriptsOf(component: string): string {
  const front = /^---\n([\s\S]*?)\n---/.exec(component)?.[1] ?? '';
  const elements = [...component.matchAll(/<script\b[^>]*>([\s\S]*?)<\/script>/g)].map(([, text]) => text);
  return [front, ...elements].join('\n');
}

/** Returns the cycles of a graph, each as a sorted list of the files that reach one another. */
export function circlesOf(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const circles: string[][] = [];
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  // Tarjan's strongly connected components.
  const visit = (file: string): void => {
    index.set(file, index.size);
    low.set(file, index.size - 1);
    stack.push(file);
    for (const next of graph.get(file) ?? []) {
      if (!graph.has(next)) continue;
      if (!index.has(next)) visit(next);
      if (stack.includes(next)) low.set(file, Math.min(low.get(file) ?? 0, low.get(next) ?? 0));
    }
    if (low.get(file) !== index.get(file)) return;
    const members = stack.splice(stack.indexOf(file));
    if (members.length > 1 || graph.get(file)?.includes(file)) circles.push(members.sort());
  };
  for (const file of graph.keys()) if (!index.has(file)) visit(file);
  return circles;
}
