/** Runs a program's text in this process, with its globals as parameters of a function. */
import { type Import, readSource } from '../../load/read-source.ts';
import { wrapCommonJs } from '../../load/wrap-common-js.ts';

/** What a program of Node has besides globals. */
export interface OwnModule {
  require: (name: string) => unknown;
  folder: string;
}

type Compiled = (...values: unknown[]) => unknown;
const AsyncFunction = (async () => undefined).constructor as new (...given: string[]) => Compiled;

/** Runs a program. Throws what it throws at once; a module's promise may wait for the run. */
export function evaluate(code: string, globals: Readonly<Record<string, unknown>>, own?: OwnModule): void | Promise<void> {
  const source = readSource(code, own ? undefined : 'script');
  if (own && source.kind === 'commonjs') return runCommonJs(code, globals, own);
  const found = (name: string): object => namespaceOf(own?.require(name));
  const names = { ...globals, __found: found, __meta: { dirname: own?.folder } };
  const linked = withoutImports(code, source.imports, source.metas);
  const strict = source.kind === 'module' ? "'use strict'; " : '';
  // Within a function of its own a program may have variables that are named like globals.
  const compiled = new AsyncFunction(...Object.keys(names), `${strict}await (async () => { ${linked}\n})();`);
  return compiled(...Object.values(names)) as Promise<void>;
}

function runCommonJs(code: string, globals: Readonly<Record<string, unknown>>, { require, folder }: OwnModule): void {
  const { before, after } = wrapCommonJs(code);
  const outer = new Function(...Object.keys(globals), `return ${before}${code}${after}`) as Compiled;
  const module = { exports: {} };
  const inner = outer(...Object.values(globals)) as Compiled;
  inner.call(module.exports, module.exports, require, module, `${folder}/server.js`, folder);
}

/** A module that Node makes of CommonJS: the whole as `default`, and its members. */
function namespaceOf(whole: unknown): object {
  return new Proxy(whole as object, {
    get: (target, name) => (name === 'default' ? target : (Reflect.get(target, name) as unknown)),
  });
}

/** Imports become declarations, since a function cannot have imports. */
function withoutImports(code: string, imports: readonly Import[], metas: readonly { start: number; end: number }[]): string {
  const edits = [
    ...imports.filter(({ isDynamic }) => !isDynamic).map((one) => ({ ...span(one), text: declaration(code, one) })),
    ...metas.map(({ start, end }) => ({ start, end, text: '__meta' })),
  ].sort((a, b) => b.start - a.start);
  return edits.reduce((text, { start, end, text: instead }) => text.slice(0, start) + instead + text.slice(end), code);
}

const span = ({ statementStart, statementEnd }: Import): { start: number; end: number } => ({
  start: statementStart,
  end: statementEnd,
});

function declaration(code: string, { statementStart, start, specifier = '' }: Import): string {
  const clause = code.slice(statementStart + 'import'.length, start).replace(/\bfrom\s*$/, '');
  const found = `__found(${JSON.stringify(specifier)})`;
  const whole = /\*\s*as\s+(\w+)/.exec(clause)?.[1];
  const listed = /\{([^}]*)\}/.exec(clause)?.[1]?.replaceAll(/\s+as\s+/g, ': ');
  const main = /^\s*(\w+)/.exec(clause)?.[1];
  const lines = [
    main === undefined ? '' : `const ${main} = ${found}.default;`,
    whole === undefined ? '' : `const ${whole} = ${found};`,
    listed === undefined ? '' : `const {${listed}} = ${found};`,
  ];
  return lines.join(' ');
}
