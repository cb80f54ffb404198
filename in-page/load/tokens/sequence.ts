import { literalText, type Token } from './tokens.ts';

/**
 * Tells whether tokens that have these texts stand next to each other. A string in the program is no match for a word, since its
 * quotes are part of its text.
 */
export const hasSequence = (tokens: readonly Token[], ...texts: (string | RegExp)[]): boolean =>
  tokens.some((_, at) =>
    texts.every((text, i) => {
      const found = tokens[at + i]?.text;
      return found !== undefined && (typeof text === 'string' ? text === found : text.test(found));
    }),
  );

/** Returns the modules that a program names: in `import`, `export … from`, `import()` and `require()`. */
export function namedModules(tokens: readonly Token[]): Set<string> {
  const names = new Set<string>();
  for (const [i, token] of tokens.entries()) {
    const name = literalText(token);
    if (name === undefined) continue;
    const before = tokens[i - 1]?.text;
    const caller = tokens[i - 2]?.text;
    const isMember = tokens[i - 3]?.text === '.';
    const isCall = before === '(' && (caller === 'import' || caller === 'require') && !isMember;
    if (before === 'from' || before === 'import' || isCall) names.add(name);
  }
  return names;
}

/** Words that go on with an expression on a new line. */
const binary = new Set(['in', 'instanceof', 'of', 'as']);

/** Tells whether a token begins a statement without a semicolon before it: a word on a new line, behind what may end an expression. */
export function startsStatement(token: Token, before: Token | undefined): boolean {
  if (!token.startsLine || token.kind !== 'word' || binary.has(token.text)) return false;
  return before !== undefined && (before.kind !== 'sign' || /^[)\]}]$/.test(before.text));
}
