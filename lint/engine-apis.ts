/**
 * Finds which APIs of the browser and the language our code names, so that we notice what one of the three engines lacks without
 * running it. `engine-apis.json` holds what the engines answered when asked; `engine-apis.test.ts` compares.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const root = join(import.meta.dirname, '..');

/** Folders whose code runs in a browser, and the files in them that do not. */
const folders = ['site', 'protocol', 'content', 'in-page'];
const notInBrowser = [
  /\.test\./,
  /\.d\.ts$/,
  /-for-tests/,
  /-at-build/,
  /StaticPictures/,
  /^site\/vite/,
  /^site\/pages/,
  /^site\/social/,
  /^site\/content\.config/,
  /^site\/curriculum/,
  /^site\/sidebar/,
  /^site\/timeline\/situations/,
  /^content\/.*\/(?!check)[^/]*$/,
  /^in-page\/.*\/(?:testing|beside-node|cases)\//,
  /^in-page\/testing\//,
];

/** The code of the reader's Workers, and what is beside it but runs in the frame's own document. */
const ofWorkers = /^(?:site\/runner\/sandboxed|in-page)\//;
const ofFrame = [
  'confine',
  'frame',
  'faults',
  'main',
  'syntax-error',
  'watched-worker',
  'in-page/in-page-frame',
  'in-page/main',
].map((name) => new RegExp(`^site/runner/sandboxed/${name}`));

/** Returns where a file runs: in the reader's Worker, or in a page. Files that both use run in both. */
export const runsIn = (file: string): 'page' | 'worker' =>
  ofWorkers.test(file) && !ofFrame.some((pattern) => pattern.test(file)) ? 'worker' : 'page';

/** Throws if a pattern matches none of the files: what it was for has moved, and is taken for something else from then on. */
export function checkPatterns(patterns: readonly RegExp[], files: readonly string[]): void {
  const dead = patterns.filter((pattern) => !files.some((file) => pattern.test(file)));
  if (dead.length > 0) throw new Error(`Patterns in lint/engine-apis.ts match no file: ${dead.join(', ')}. Mend or remove them.`);
}

/** The names of APIs that the code uses. */
export interface Named {
  /** Each API (`fetch`, `Array.at`, `static URL.parse`), and the files that name it. */
  apis: Map<string, Set<string>>;
  /** These APIs, and every member of the same objects, so that the next member we use has already been asked for. */
  askable: string[];
}

/** Returns the owner in a member's name, or an empty string for a global. */
export const ownerIn = (name: string): string => name.slice(0, Math.max(0, name.lastIndexOf('.')));

/** Returns what to ask the engines in one place: the globals that code there names, and the members of the objects it names. */
export function toBeAsked({ apis, askable }: Named, where: 'page' | 'worker'): { asked: string[]; names: string[] } {
  const named = [...apis].filter(([, files]) => [...files].some((file) => runsIn(file) === where)).map(([name]) => name);
  const asked = new Set(named.map((name) => (ownerIn(name) === '' ? name : `${ownerIn(name)}.`)));
  const names = askable.filter((name) => asked.has(ownerIn(name) === '' ? name : `${ownerIn(name)}.`));
  return { asked: [...asked].sort(), names };
}

/** Reads our code and returns the APIs it names. Takes ten seconds or so. */
export function readCode(): Named {
  const { program, files } = compile();
  const names = new Names(program.getTypeChecker());
  const apis = new Map<string, Set<string>>();
  for (const source of program.getSourceFiles()) {
    const file = files.get(source.fileName);
    if (file === undefined) continue;
    for (const name of names.in(source)) apis.set(name, (apis.get(name) ?? new Set()).add(file));
  }
  return { apis, askable: [...new Set([...apis.keys(), ...names.membersOfOwners()])].sort() };
}

/** Compiles all that runs in a browser as one program; `files` maps its paths to our names. */
function compile(): { program: ts.Program; files: Map<string, string> } {
  const inline = inlineScripts();
  const files = new Map<string, string>();
  const all = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`),
  );
  const scripts = all.filter((file) => /\.tsx?$/.test(file));
  checkPatterns([...notInBrowser, ofWorkers, ...ofFrame], scripts);
  for (const file of scripts) {
    if (!notInBrowser.some((pattern) => pattern.test(file))) files.set(join(root, file), file);
  }
  for (const path of inline.keys()) files.set(path, path.slice(root.length + 1).replace(/\.\d+\.script\.ts$/, ''));
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ESNext,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    lib: ['lib.esnext.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
    jsx: ts.JsxEmit.Preserve,
    jsxImportSource: 'preact',
    allowImportingTsExtensions: true,
    noEmit: true,
    strict: true,
    types: [],
    skipLibCheck: true,
  };
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists } = host;
  host.readFile = (file) => inline.get(file) ?? readFile.call(host, file);
  host.fileExists = (file) => inline.has(file) || fileExists.call(host, file);
  const types = join(root, 'site/runner/bundled-script.d.ts');
  return { program: ts.createProgram([...files.keys(), types], options, host), files };
}

/** Returns the scripts of Astro pages and components, each as a file of its own. */
function inlineScripts(): Map<string, string> {
  const scripts = new Map<string, string>();
  for (const file of readdirSync(join(root, 'site'), { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.astro')) continue;
    const text = readFileSync(join(root, 'site', file), 'utf8');
    [...text.matchAll(/<script(?![^>]*type=)[^>]*>([^]*?)<\/script>/g)].forEach(([, script = ''], i) => {
      if (script.trim() !== '') scripts.set(join(root, 'site', `${file}.${i}.script.ts`), `${script}\nexport {};`);
    });
  }
  return scripts;
}

/** Types whose members are on another type's prototype. */
const standIns = new Map([
  ['ReadonlyArray', 'Array'],
  ['RegExpExecArray', 'Array'],
  ['RegExpMatchArray', 'Array'],
  ['ReadonlyMap', 'Map'],
  ['ReadonlySet', 'Set'],
  ['CallableFunction', 'Function'],
  ['NewableFunction', 'Function'],
  ['Console', 'console'],
  ['CSSStyleProperties', 'CSSStyleDeclaration'],
  ['NumberFormat', 'Intl.NumberFormat'],
  ['Collator', 'Intl.Collator'],
]);

const isLib = (node: ts.Node): boolean => /typescript\/lib\/lib\./.test(node.getSourceFile().fileName);

/** Finds names that TypeScript's libraries declare. */
class Names {
  readonly #checker: ts.TypeChecker;
  readonly #owners = new Map<string, ts.Type>();

  constructor(checker: ts.TypeChecker) {
    this.#checker = checker;
  }

  in(source: ts.SourceFile): Set<string> {
    const names = new Set<string>();
    const visit = (node: ts.Node): void => {
      if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return;
      if (ts.isPropertyAccessExpression(node)) this.#members(node.expression, node.name.text, names);
      else if (ts.isObjectBindingPattern(node)) {
        for (const { propertyName, name } of node.elements) {
          const key = propertyName ?? name;
          if (ts.isIdentifier(key)) this.#members(node, key.text, names);
        }
      } else if (ts.isIdentifier(node)) this.#global(node, names);
      ts.forEachChild(node, visit);
    };
    visit(source);
    return names;
  }

  /** Yields every member of each object of which the code named one. */
  *membersOfOwners(): Generator<string> {
    for (const [owner, type] of this.#owners) {
      for (const { name } of type.getApparentProperties()) if (/^[A-Za-z]/.test(name)) yield `${owner}.${name}`;
    }
  }

  /** Adds a member of one of the browser's or the language's own objects, named after the object the code used. */
  #members(object: ts.Node, name: string, names: Set<string>): void {
    const type = this.#checker.getNonNullableType(this.#checker.getTypeAtLocation(object));
    for (const one of type.isUnion() ? type.types : [type]) {
      const apparent = this.#checker.getApparentType(one);
      const declared = apparent.getProperty(name)?.declarations?.[0];
      if (!declared || !isLib(declared)) continue;
      const own = this.#topmost(apparent, name);
      const owner = this.#ownerOf(own);
      if (owner !== undefined) {
        names.add(`${owner}.${name}`);
        this.#owners.set(owner, own);
      } else if (ts.isVariableDeclaration(declared) || ts.isFunctionDeclaration(declared)) names.add(name); // A global.
    }
  }

  /** Returns the most general type that has this member and a name in the browser: a mixed-in type has no name there. */
  #topmost(type: ts.Type, name: string): ts.Type {
    for (const base of type.getBaseTypes() ?? []) {
      if (base.getProperty(name) && this.#ownerOf(base) !== undefined) return this.#topmost(base, name);
    }
    return type;
  }

  #ownerOf(type: ts.Type): string | undefined {
    const declaration = (type.symbol as ts.Symbol | undefined)?.declarations?.find(isLib);
    if (!declaration) return undefined;
    if (ts.isFunctionLike(declaration)) return 'Function';
    // `declare var URL: { parse(…): … }`
    if (ts.isTypeLiteralNode(declaration))
      return ts.isVariableDeclaration(declaration.parent) ? `static ${declaration.parent.name.getText()}` : undefined;
    const { name } = type.symbol;
    const constructed = /^(.+)Constructor$/.exec(name)?.[1];
    if (constructed !== undefined && this.#isGlobal(constructed)) return `static ${constructed}`;
    return standIns.get(name) ?? (this.#isGlobal(name) ? name : undefined);
  }

  #isGlobal(name: string): boolean {
    const symbol = this.#checker.resolveName(name, undefined, ts.SymbolFlags.Value, false);
    return symbol?.declarations?.some(isLib) === true;
  }

  #global(node: ts.Identifier, names: Set<string>): void {
    if (ts.isPropertyAccessExpression(node.parent) && node.parent.name === node) return;
    const symbol = this.#checker.getSymbolAtLocation(node);
    const declared = symbol?.declarations?.[0];
    if (!symbol || !declared || !isLib(declared) || !(symbol.flags & ts.SymbolFlags.Value)) return;
    if (ts.isVariableDeclaration(declared) || ts.isFunctionDeclaration(declared) || this.#isGlobal(symbol.name))
      names.add(symbol.name);
  }
}
