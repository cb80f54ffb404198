/**
 * Cuts a program into tokens, so that nobody takes a comment or a string for code. It reads any text, also what is no JavaScript,
 * in one pass. Where only a parser could tell a division from a regular expression (after `}`), it goes by the line.
 */
import { endOfBlockComment, endOfLine, endOfRegex, endOfString, endOfTemplatePiece } from './literals.ts';

export interface Token {
  /** `template` is a piece of a template between its backquotes and substitutions; `word` is also a number. */
  kind: 'word' | 'string' | 'template' | 'regex' | 'comment' | 'sign';
  text: string;
  start: number;
  end: number;
  /** There is a line terminator between the token before and this one. */
  startsLine: boolean;
}

const space = /[\s\ufeff]+/y;
const word = /#?[\p{ID_Continue}$\u200c\u200d\\]+/uy;
const sign = /=>|\?\.(?!\d)|\.\.\.|<\/|\+\+|--|./suy;

/** Words after which an operand comes: a slash there begins a regular expression. */
const beforeOperand = new Set('await case delete do else extends in instanceof new of return throw typeof void yield'.split(' '));
/** Words whose parentheses are followed by a statement. */
const beforeStatement = new Set(['if', 'while', 'for', 'with']);

/** Returns the tokens in order, with comments and without space. A shebang line is a comment. */
export function tokensOf(code: string): Token[] {
  const tokens: Token[] = [];
  /** For each open template: the braces that are open in its substitution. */
  const templates: number[] = [];
  /** For each open parenthesis: whether a statement follows it. */
  const parentheses: boolean[] = [];
  let before: Token | undefined;
  let isAfterValue = false;
  let startsLine = true;
  /** No regular expression ends on this line any more. Without it, many slashes on a line would take quadratic time. */
  let noRegexBefore = 0;

  const take = (kind: Token['kind'], start: number, end: number, isValue: boolean): number => {
    const token = { kind, text: code.slice(start, end), start, end, startsLine };
    tokens.push(token);
    startsLine = false;
    if (kind === 'comment') {
      startsLine = token.startsLine || /[\n\r]/.test(token.text);
      return end;
    }
    before = token;
    isAfterValue = isValue;
    return end;
  };
  const takePiece = (start: number): number => {
    const end = endOfTemplatePiece(code, start);
    const isOpen = code.startsWith('${', end - 2) && end - 2 > start;
    if (isOpen) templates.push(0);
    return take('template', start, end, !isOpen);
  };
  const takeSign = (start: number): number => {
    const end = matchEnd(sign, code, start);
    const text = code.slice(start, end);
    let isValue = text === ']' || text === '}';
    const depth = templates.length - 1;
    if (depth >= 0 && text === '{') templates[depth] = (templates[depth] as number) + 1;
    if (depth >= 0 && text === '}') templates[depth] = (templates[depth] as number) - 1;
    if (text === '(') parentheses.push(before?.kind === 'word' && beforeStatement.has(before.text));
    if (text === ')') isValue = parentheses.pop() !== true;
    if (text === '++' || text === '--') isValue = isAfterValue;
    return take('sign', start, end, isValue);
  };
  const takeSlash = (start: number): number => {
    const isOperand = !isAfterValue || (before?.text === '}' && startsLine);
    const end = isOperand && start >= noRegexBefore ? endOfRegex(code, start) : undefined;
    if (end !== undefined) return take('regex', start, end, true);
    if (isOperand) noRegexBefore = endOfLine(code, start);
    return take('sign', start, start + 1, false);
  };
  const takeWord = (start: number, end: number): number =>
    take('word', start, end, before?.text === '.' || !beforeOperand.has(code.slice(start, end)));

  let at = code.startsWith('#!') ? take('comment', 0, endOfLine(code, 0), false) : 0;
  while (at < code.length) {
    const character = code[at] as string;
    const spaceEnd = matchEnd(space, code, at);
    const wordEnd = spaceEnd > at ? at : matchEnd(word, code, at);
    if (spaceEnd > at) {
      startsLine ||= /[\n\r\u2028\u2029]/.test(code.slice(at, spaceEnd));
      at = spaceEnd;
    } else if (wordEnd > at) at = takeWord(at, wordEnd);
    else if (code.startsWith('//', at)) at = take('comment', at, endOfLine(code, at), false);
    else if (code.startsWith('/*', at)) at = take('comment', at, endOfBlockComment(code, at), false);
    else if (character === "'" || character === '"') at = take('string', at, endOfString(code, at), true);
    else if (character === '`') at = takePiece(at);
    else if (character === '}' && templates.at(-1) === 0) {
      templates.pop();
      at = takePiece(at);
    } else at = character === '/' ? takeSlash(at) : takeSign(at);
  }
  return tokens;
}

/** Returns the tokens that count: all but the comments. */
export const codeTokensOf = (code: string): Token[] => tokensOf(code).filter(({ kind }) => kind !== 'comment');

/** Returns what is written between the quotes of a string, or the backquotes of a template without substitutions. */
export function literalText({ kind, text }: Token): string | undefined {
  if (kind !== 'string' && kind !== 'template') return undefined;
  return text.length > 1 && text.at(-1) === text[0] ? text.slice(1, -1) : undefined;
}

function matchEnd(expression: RegExp, code: string, at: number): number {
  expression.lastIndex = at;
  return expression.test(code) ? expression.lastIndex : at;
}
