/** The imports of a program. A client can import nothing but scripts of its own making, and is told so by name and line. */
import { codeTokensOf, literalText, type Token } from '../../../../in-page/load/tokens/tokens.ts';
import { cut } from '../../message-limits.ts';
import type { Place } from '../errors.ts';
import type { TellOnce } from '../traced/refused.ts';
import { importWords } from './import-words.ts';

/** A program whose `import()` goes through `defineLoader`, and why it cannot load, if it cannot. */
export interface ImportingProgram {
  /** Every line and column stays. */
  code: string;
  /** The first statement that imports something. */
  unmet: { message: string; place: Required<Place> } | undefined;
}

/** The global for `import()`. It is as long as `import`. */
const loader = '__load';

/**
 * Finds the imports in the program's tokens: a lexer of modules would make the frame's script twice as large. What does not parse
 * may have others; it shows a syntax error instead.
 */
export function readImports(code: string): ImportingProgram {
  const tokens = codeTokensOf(code);
  let unmet: ImportingProgram['unmet'];
  let linked = '';
  let at = 0;
  tokens.forEach((token, i) => {
    if (token.kind !== 'word' || !/^(?:import|export)$/.test(token.text) || /^\??\.$/.test(tokens[i - 1]?.text ?? '')) return;
    if (isCall(tokens, i)) {
      linked += code.slice(at, token.start) + loader;
      at = token.end;
    } else if (!unmet) {
      const from = fromOf(tokens, i);
      const specifier = from && literalText(from);
      if (from && specifier !== undefined) unmet = { message: importWords(specifier), place: placeAt(code, from.start) };
    }
  });
  return { code: linked + code.slice(at), unmet };
}

/** True for `import(…)`; false for a method of that name, whose body follows. */
function isCall(tokens: readonly Token[], i: number): boolean {
  if (tokens[i]?.text !== 'import' || tokens[i + 1]?.text !== '(') return false;
  let depth = 0;
  for (let at = i + 1; at < tokens.length; at++) {
    const { kind, text } = tokens[at] as Token;
    if (kind !== 'sign') continue;
    if (text === '(') depth++;
    if (text === ')' && --depth === 0) return tokens[at + 1]?.text !== '{';
  }
  return false;
}

/** Returns the specifier of the statement that begins at a token; undefined if that imports nothing. */
function fromOf(tokens: readonly Token[], i: number): Token | undefined {
  const next = tokens[i + 1];
  if (tokens[i]?.text === 'import' && next?.kind === 'string') return next;
  for (let at = i + 1; at < tokens.length; at++) {
    const { kind, text } = tokens[at] as Token;
    if (text === 'from' && tokens[at + 1]?.kind === 'string') return tokens[at + 1];
    // Names, braces, commas and the star are all that may stand before it.
    const isClause =
      kind === 'string' || (kind === 'word' ? !/^(?:const|let|var|function|class)$/.test(text) : /^[{},*]$/.test(text));
    if (!isClause) return undefined;
  }
  return undefined;
}

function placeAt(code: string, offset: number): Required<Place> {
  const before = code.slice(0, offset).split(/\r\n|[\n\r\u2028\u2029]/);
  return { line: before.length, column: (before.at(-1) as string).length + 1 };
}

/**
 * Defines what stands for `import()`. It loads scripts that the program has made from a Blob, and rejects anything else. The
 * reader is told what to do instead, even if the program catches the error.
 */
export function defineLoader(scope: object, tellOnce: TellOnce): void {
  const load = async (specifier: unknown): Promise<unknown> => {
    const address = `${specifier as string}`;
    // The policy of the frame refuses what is not a Blob.
    if (address.slice(0, 5) === 'blob:') return import(/* @vite-ignore */ address);
    const words = importWords(address);
    tellOnce(words, words);
    throw new TypeError(`Cannot import ${cut(address, 100)}`);
  };
  Object.defineProperty(scope, loader, { value: load });
}
