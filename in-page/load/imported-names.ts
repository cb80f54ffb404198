import { codeTokensOf, literalText, type Token } from './tokens/tokens.ts';

/**
 * Returns the names that an import or an `export … from` asks of its module: `default` for a default import, `*` for a namespace
 * or `export *`, and none for `import 'x'`. `clause` is the statement up to its specifier.
 */
export function importedNames(clause: string): string[] {
  const tokens = codeTokensOf(clause);
  const names: string[] = [];
  if (tokens[0]?.text === 'import' && isDefaultBinding(tokens)) names.push('default');
  let isListed = false;
  for (const [i, token] of tokens.entries()) {
    if (token.text === '{') isListed = true;
    else if (token.text === '*') names.push('*');
    const before = tokens[i - 1]?.text;
    const isName = isListed && (before === '{' || before === ',') && token.kind !== 'sign';
    if (isName) names.push(literalText(token) ?? token.text);
  }
  return names;
}

/** `import defer * as all` has a phase where a default binding would be, and `import source x` one before it. */
function isDefaultBinding(tokens: readonly Token[]): boolean {
  const [, first, second] = tokens;
  if (first?.kind !== 'word') return false;
  return second?.text === ',' || (second?.text === 'from' && (tokens.length === 3 || tokens[3]?.text === 'from'));
}
