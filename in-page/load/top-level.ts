/** What only a module can have outside its functions, read from tokens. */
import { startsStatement } from './tokens/sequence.ts';
import type { Token } from './tokens/tokens.ts';
import { redeclaresWrapperName } from './wrapper-names.ts';

/** What may come before `(…) {` that is no function. */
const statements = new Set(['if', 'while', 'for', 'switch', 'with', 'catch', 'await']);

interface Bracket {
  /** The token before it. */
  before: Token | undefined;
  /** What is inside runs later, in a function. */
  isFunction: boolean;
  /** The body of an arrow function that is an expression reaches from here to the next comma, semicolon or end. */
  isInArrow: boolean;
}

/**
 * Tells whether Node takes a program without `import` and `export` for a module: it awaits outside functions, or declares a name
 * of CommonJS's wrapper (Node's documentation, "Syntax detection").
 */
export const isModuleForNode = (tokens: readonly Token[]): boolean => awaitsAtTop(tokens) || redeclaresWrapperName(tokens);

function awaitsAtTop(tokens: readonly Token[]): boolean {
  const top: Bracket = { before: undefined, isFunction: false, isInArrow: false };
  const open: Bracket[] = [top];
  /** The bracket that was closed last. */
  let closed: Bracket | undefined;
  for (const [i, token] of tokens.entries()) {
    const before = tokens[i - 1];
    const inner = open.at(-1) ?? top;
    if (endsArrow(token, before)) inner.isInArrow = false;
    const { text } = token;
    if (text === '(' || text === '[' || text === '{' || opensSubstitution(token)) {
      const isBody = text === '{' && opensBody(before, closed);
      if (isBody && before?.text === '=>') inner.isInArrow = false;
      open.push({ before, isFunction: inner.isFunction || inner.isInArrow || isBody, isInArrow: false });
    } else if (text === ')' || text === ']' || text === '}') {
      closed = open.length > 1 ? open.pop() : closed;
    } else if (text === '=>') inner.isInArrow = true;
    else if (closesSubstitution(token)) {
      if (open.length > 1) open.pop();
      // A piece in the middle of a template closes one substitution and opens the next.
      if (token.text.endsWith('${')) open.push({ before, isFunction: inner.isFunction, isInArrow: false });
    } else if (!inner.isFunction && !inner.isInArrow && awaits(tokens, i)) return true;
  }
  return false;
}

/** Tells whether a program that does not parse was meant as a module: a line of it imports or exports. */
export function hasModuleStatements(tokens: readonly Token[]): boolean {
  return tokens.some(({ text, startsLine, kind }, i) => {
    const next = tokens[i + 1];
    if (kind !== 'word' || !startsLine || next === undefined) return false;
    if (text === 'export') return next.kind === 'word' || next.text === '{' || next.text === '*';
    return text === 'import' && (next.kind !== 'sign' || next.text === '{' || next.text === '*');
  });
}

const opensSubstitution = ({ kind, text }: Token): boolean => kind === 'template' && text.startsWith('`') && text.endsWith('${');
const closesSubstitution = ({ kind, text }: Token): boolean => kind === 'template' && text.startsWith('}');

/** Tells whether a brace opens the body of a function or method; `closed` are the parentheses before it. */
function opensBody(before: Token | undefined, closed: Bracket | undefined): boolean {
  if (before?.text === '=>') return true;
  return before?.text === ')' && closed?.before !== undefined && !statements.has(closed.before.text);
}

/** Tells whether the body of an arrow function, if it is an expression, ends before a token. */
const endsArrow = (token: Token, before: Token | undefined): boolean =>
  token.text === ',' || token.text === ';' || startsStatement(token, before);

/** Tells whether the word at `i` awaits, and is no property or variable of that name. */
function awaits(tokens: readonly Token[], i: number): boolean {
  if (tokens[i]?.text !== 'await' || /^\??\.$/.test(tokens[i - 1]?.text ?? '')) return false;
  const next = tokens[i + 1];
  return next !== undefined && (next.kind !== 'sign' || /^(\(|\[|\{|\+|-|!|~|\+\+|--)$/.test(next.text));
}
