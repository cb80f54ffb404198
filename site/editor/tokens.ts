/**
 * Cuts TypeScript into tokens, only for colouring. It takes one pass: each character is looked at a bounded number of times
 * whatever the text is, since a shared link or a paste may hold anything.
 */

/** A token's end and kind; `word` is any other identifier, `sign` everything else that is visible. */
export interface CodeToken {
  end: number;
  kind: 'keyword' | 'string' | 'name' | 'comment' | 'word' | 'sign' | 'space';
}

const keywords = new Set(
  (
    'abstract any as asserts async await bigint boolean break case catch class const continue debugger declare default delete do ' +
    'else enum export extends false finally for from function if implements import in infer instanceof interface is keyof let ' +
    'module namespace never new number object of override private protected public readonly return satisfies static string super ' +
    'switch symbol this throw true try type typeof undefined unknown var void while with yield'
  ).split(' '),
);
/** Keywords that are values: a slash after one divides. */
const values = new Set(['this', 'super', 'true', 'false', 'undefined']);

const wordCharacters = /[\p{ID_Continue}$\u200c\u200d]+/uy;
const spaces = /\s+/y;
const signsAfterValues = new Set([')', ']', '}']);

/** Calls back with each token, in order; together they make up the whole text. */
export function eachToken(code: string, take: (start: number, token: CodeToken) => void): void {
  /** For each template literal open at this point: how many braces are open in its `${`. */
  const templates: number[] = [];
  /** True right after a value: a slash there divides instead of beginning a regular expression. */
  let isAfterValue = false;
  let isAfterDot = false;
  /** No regular expression ends on this line any more, so none is looked for up to here. */
  let noRegexBefore = 0;
  const emit = (start: number, end: number, kind: CodeToken['kind'], endsValue: boolean): number => {
    take(start, { end, kind });
    isAfterValue = endsValue;
    isAfterDot = kind === 'sign' && code[start] === '.';
    return end;
  };
  for (let at = 0; at < code.length;) {
    const character = code[at] as string;
    if (matchAt(spaces, code, at) > at) {
      take(at, { end: spaces.lastIndex, kind: 'space' });
      at = spaces.lastIndex;
    } else if (character === '/' && (code[at + 1] === '/' || code[at + 1] === '*')) {
      const end = code[at + 1] === '/' ? endOfLine(code, at) : behind(code, '*/', at + 2);
      take(at, { end, kind: 'comment' });
      at = end;
    } else if (character === "'" || character === '"') {
      at = emit(at, endOfString(code, at), 'string', true);
    } else if (character === '`') {
      at = takeTemplate(at, at + 1);
    } else if (character === '}' && templates.at(-1) === 0) {
      templates.pop();
      emit(at, at + 1, 'sign', false);
      at = takeTemplate(at + 1, at + 1);
    } else if (character === '/' && !isAfterValue && at >= noRegexBefore) {
      const end = endOfRegex(code, at);
      if (end === undefined) {
        noRegexBefore = endOfLine(code, at);
        at = emit(at, at + 1, 'sign', false);
      } else at = emit(at, end, 'string', true);
    } else if (matchAt(wordCharacters, code, at) > at) {
      const end = wordCharacters.lastIndex;
      const word = code.slice(at, Math.min(end, at + longestKeyword + 1));
      const isKeyword = !isAfterDot && keywords.has(word);
      const isName = !isKeyword && (/^[\p{Lu}\d]/u.test(word) || word === 'null');
      at = emit(at, end, isKeyword ? 'keyword' : isName ? 'name' : 'word', !isKeyword || values.has(word));
    } else {
      const depth = templates.length - 1;
      if (depth >= 0 && character === '{') templates[depth] = (templates[depth] as number) + 1;
      if (depth >= 0 && character === '}') templates[depth] = (templates[depth] as number) - 1;
      at = emit(at, at + 1, 'sign', signsAfterValues.has(character));
    }
  }

  /** Takes a template literal's text, which begins at `start`, searching from `from` to its end or to the next `${`. */
  function takeTemplate(start: number, from: number): number {
    let end = from;
    while (end < code.length && code[end] !== '`' && !(code[end] === '$' && code[end + 1] === '{')) {
      end += code[end] === '\\' ? 2 : 1;
    }
    end = Math.min(end, code.length);
    const isOpen = code[end] === '$';
    if (code[end] === '`') end++;
    if (end > start) emit(start, end, 'string', true);
    if (!isOpen) return end;
    templates.push(0);
    return emit(end, end + 2, 'sign', false);
  }
}

const longestKeyword = 10;

/** Returns where a match of the sticky expression at `at` ends; `at` itself if there is none. */
function matchAt(expression: RegExp, code: string, at: number): number {
  expression.lastIndex = at;
  return expression.test(code) ? expression.lastIndex : at;
}

function endOfLine(code: string, at: number): number {
  const end = code.indexOf('\n', at);
  return end < 0 ? code.length : end;
}

function behind(code: string, what: string, from: number): number {
  const at = code.indexOf(what, from);
  return at < 0 ? code.length : at + what.length;
}

/** Returns the offset after the closing quote, or the end of the line if there is none. */
function endOfString(code: string, start: number): number {
  let at = start + 1;
  while (at < code.length && code[at] !== code[start] && code[at] !== '\n') at += code[at] === '\\' ? 2 : 1;
  return Math.min(code[at] === code[start] ? at + 1 : at, code.length);
}

/** Returns the offset after a regular expression's flags; undefined if it does not end on its line. */
function endOfRegex(code: string, start: number): number | undefined {
  let isInClass = false;
  for (let at = start + 1; at < code.length && code[at] !== '\n'; at++) {
    if (code[at] === '\\') at++;
    else if (code[at] === '[') isInClass = true;
    else if (code[at] === ']') isInClass = false;
    else if (code[at] === '/' && !isInClass) {
      do at++;
      while (/[a-z]/.test(code[at] ?? ''));
      return at;
    }
  }
  return undefined;
}
