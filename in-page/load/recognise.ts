/** What did the reader paste? */
import { hasJsx, isHtml } from './recognising/markup.ts';
import { type OtherLanguage, otherLanguageIn } from './recognising/other-language.ts';
import { serverIn } from './recognising/server.ts';
import { type Token, tokensOf } from './tokens/tokens.ts';

export type Recognised =
  'client' | 'server' | 'bun-server' | 'deno-server' | 'socket.io' | 'html' | 'jsx' | 'typescript-namespace' | OtherLanguage;

/**
 * Returns what a text is; `client` for all that is nothing else for certain. Takes TypeScript too, since its types are still there
 * when it is pasted. `recognisedWords` says each in words.
 */
export function recognise(code: string): Recognised {
  const all = tokensOf(code);
  const tokens = all.filter(({ kind }) => kind !== 'comment');
  if (isHtml(code, tokens)) return 'html';
  const other = otherLanguageIn(code, all) ?? serverIn(tokens);
  if (other !== undefined) return other;
  if (hasJsx(code, tokens)) return 'jsx';
  return hasNamespace(tokens) ? 'typescript-namespace' : 'client';
}

/** The site strips types, and would strip a namespace with everything in it. One that is only declared has nothing to lose. */
function hasNamespace(tokens: readonly Token[]): boolean {
  return tokens.some(({ text }, i) => {
    if (text !== 'namespace' || tokens[i - 1]?.text === 'declare') return false;
    const [name, brace] = [tokens[i + 1], tokens[i + 2]];
    const startsStatement = tokens[i]?.startsLine === true || /^(export|;|\})$/.test(tokens[i - 1]?.text ?? '');
    return startsStatement && name?.kind === 'word' && !name.startsLine && (brace?.text === '{' || brace?.text === '.');
  });
}
