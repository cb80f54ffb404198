/** What a program is and what it imports, read from its text. */
// The build without WebAssembly, which the page's Content Security Policy forbids.
import { type ImportSpecifier, parse } from 'es-module-lexer/js';
import { importedNames } from './imported-names.ts';
import { withPlainSpaces } from './plain-spaces.ts';
import { codeTokensOf } from './tokens/tokens.ts';
import { hasModuleStatements, isModuleForNode } from './top-level.ts';

/** `script` is a program in the sloppy mode of a page's classic script. */
export type SourceKind = 'module' | 'commonjs' | 'script';

/** One import, or an `export … from`. All offsets are UTF-16 code units. */
export interface Import {
  /** Undefined where only the run knows it: `import(name)`. */
  specifier: string | undefined;
  isDynamic: boolean;
  /** Where the specifier stands with its quotes; for a dynamic import its whole first argument. */
  start: number;
  end: number;
  /** The whole statement or call, without the semicolon. */
  statementStart: number;
  statementEnd: number;
  /** Where the parenthesis of a dynamic import opens. */
  opens: number | undefined;
  /** The names that the statement asks of the module, `default` and `*` among them (ECMA-262 §16.2.2.3, ImportName). */
  names: string[];
  /** More follows the specifier: import attributes, as in `with { type: 'json' }`, or a second argument. */
  hasAttributes: boolean;
}

/** The lexer's kinds of import that matter here; its enumeration has no values in this build. */
const importMeta = 3;

export interface Source {
  kind: SourceKind;
  imports: Import[];
  /** Where `import.meta` stands. */
  metas: { start: number; end: number }[];
}

/**
 * Reads a program. Without `kind` it is a module or CommonJS as Node decides for a file of a package without `type` (Node's
 * documentation, "Syntax detection"). A program that does not parse has no imports here: its run shows where the error is.
 */
export function readSource(code: string, kind?: SourceKind): Source {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(withPlainSpaces(code));
  } catch {
    const tokens = codeTokensOf(code);
    const isModule = hasModuleStatements(tokens) || isModuleForNode(tokens);
    return { kind: kind ?? (isModule ? 'module' : 'commonjs'), imports: [], metas: [] };
  }
  const [found, , , hasModuleSyntax] = parsed;
  const decided = kind ?? (hasModuleSyntax || isModuleForNode(codeTokensOf(code)) ? 'module' : 'commonjs');
  return {
    kind: decided,
    imports: found.filter(({ t }) => t !== importMeta).map((one) => toImport(code, one)),
    metas: found.filter(({ t }) => t === importMeta).map(({ s, e }) => ({ start: s, end: e })),
  };
}

function toImport(code: string, { n, s, e, ss, se, d, a }: ImportSpecifier): Import {
  const isDynamic = d >= 0;
  return {
    specifier: n,
    isDynamic,
    // The lexer leaves the quotes out in a statement, and leaves them in within a call.
    start: isDynamic ? s : s - 1,
    end: isDynamic ? e : e + 1,
    statementStart: ss,
    statementEnd: se,
    opens: isDynamic ? d : undefined,
    names: isDynamic ? [] : importedNames(code.slice(ss, s - 1)),
    hasAttributes: a >= 0,
  };
}
