import { hasSequence } from '../tokens/sequence.ts';
import type { Token } from '../tokens/tokens.ts';

/** Tells whether a text is a page or a part of one, and no program: no program begins with a tag, unless it is JSX. */
export function isHtml(code: string, tokens: readonly Token[]): boolean {
  const text = code.replace(/^[\s\ufeff]+/, '');
  if (/^<(!doctype|html|head|body|script|style|meta|link|title)\b/i.test(text)) return true;
  if (text.startsWith('<!--') && /-->\s*<[!a-z]/i.test(text)) return true;
  const [, first] = /^<([a-z][a-z\d]*)[\s>]/.exec(text) ?? [];
  if (first !== undefined && (text.includes(`</${first}>`) || /<script\b/i.test(text))) return true;
  // Something is written above the page, such as the name of its file.
  if (hasSequence(tokens, '<', '!', /^doctype$/i, /^html$/i)) return true;
  return hasSequence(tokens, '<', /^html$/i) && /<\/html>\s*$/i.test(text);
}

/** Before an operand there is one of these; elsewhere `<` compares, or a type's arguments begin. */
const beforeOperand = new Set(['(', ',', '=', '=>', 'return', '?', ':', '&', '|', '[', '{', 'default']);

/** A tag has no more tokens than that. Without a bound, a long text of `<` would take quadratic time. */
const mostInTag = 500;

/** Tells whether an element of JSX stands in a program. Generic functions and type assertions of TypeScript have no end tag. */
export function hasJsx(code: string, tokens: readonly Token[]): boolean {
  // By the text and not by tokens, since an apostrophe between two tags looks like the beginning of a string.
  const endTags = new Map([...code.matchAll(/<\/\s*([\p{ID_Continue}$]*)/gu)].map(({ 1: name = '', index }) => [name, index]));
  return tokens.some((token, i) => {
    if (token.text !== '<' || !beforeOperand.has(tokens[i - 1]?.text ?? '=')) return false;
    const next = tokens[i + 1];
    if (next === undefined || next.start !== token.end || (next.kind !== 'word' && next.text !== '>')) return false;
    // The name of a fragment is empty: `<>` and `</>`.
    return (endTags.get(next.kind === 'word' ? next.text : '') ?? 0) > next.start || closesItself(tokens, i + 2);
  });
}

/** Tells whether the tag whose attributes begin at `from` ends in `/>`. */
function closesItself(tokens: readonly Token[], from: number): boolean {
  let depth = 0;
  for (let i = from; i < Math.min(tokens.length, from + mostInTag); i++) {
    const { text, start } = tokens[i] as Token;
    if (text === '{') depth++;
    else if (text === '}') depth--;
    else if (depth === 0 && text === '>') return tokens[i - 1]?.text === '/' && tokens[i - 1]?.end === start;
    else if (depth < 0 || (depth === 0 && (text === ';' || text === ')'))) return false;
  }
  return false;
}
