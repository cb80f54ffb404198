import { startsStatement } from './tokens/sequence.ts';
import type { Token } from './tokens/tokens.ts';

/** The names in whose scope CommonJS code runs (Node's documentation, "The module wrapper"). */
export const wrapperNames = ['exports', 'require', 'module', '__filename', '__dirname'] as const;

const isWrapperName = (token: Token | undefined): boolean => wrapperNames.some((name) => name === token?.text);

/** Returns 1 for a token that opens a bracket, -1 for one that closes it, and 0 for others. */
function nesting({ kind, text }: Token): number {
  if (kind === 'template') return Number(text.endsWith('${')) - Number(text.startsWith('}'));
  return kind === 'sign' ? Number(/^[([{]$/.test(text)) - Number(/^[)\]}]$/.test(text)) : 0;
}

/** Tells whether a program declares one of the names by `const`, `let` or `class` outside of all brackets. */
export function redeclaresWrapperName(tokens: readonly Token[]): boolean {
  let depth = 0;
  return tokens.some((token, i) => {
    depth += nesting(token);
    if (depth !== 0) return false;
    if (token.text === 'class') return isWrapperName(tokens[i + 1]);
    return (token.text === 'const' || token.text === 'let') && bindsWrapperName(tokens, i + 1);
  });
}

/** Tells whether the list of declarations that begins at `from` binds one of the names. */
function bindsWrapperName(tokens: readonly Token[], from: number): boolean {
  let depth = 0;
  /** The token belongs to a name or pattern, and not to the value behind it. */
  let isBinding = true;
  for (let i = from; i < tokens.length; i++) {
    const token = tokens[i] as Token;
    const [before, next] = [tokens[i - 1], tokens[i + 1]];
    // A key of a pattern binds nothing, and neither does a default.
    if (isBinding && isWrapperName(token) && next?.text !== ':' && (i === from || before?.text !== '=')) return true;
    depth += nesting(token);
    if (depth < 0 || (depth === 0 && (token.text === ';' || (i > from && startsStatement(token, before))))) return false;
    if (depth === 0 && token.text === '=') isBinding = false;
    if (depth === 0 && token.text === ',') isBinding = true;
  }
  return false;
}
