/** Where comments and literals end (ECMA-262 §12.4, §12.9). Each takes the code and the offset of its first character. */

const lineEnd = /[\n\r\u2028\u2029]/g;

/** Returns the offset of the line terminator, or the end of the code. */
export function endOfLine(code: string, start: number): number {
  lineEnd.lastIndex = start;
  return lineEnd.exec(code)?.index ?? code.length;
}

/** Returns the offset behind the closing mark, or the end of the code. */
export function endOfBlockComment(code: string, start: number): number {
  const end = code.indexOf('*/', start + 2);
  return end < 0 ? code.length : end + 2;
}

/** Returns the offset behind the closing quote. A string that is not closed ends with its line. */
export function endOfString(code: string, start: number): number {
  let at = start + 1;
  while (at < code.length && code[at] !== code[start] && code[at] !== '\n') {
    // A backslash and the CR LF behind it continue the string on the next line.
    if (code[at] === '\\') at += code[at + 1] === '\r' && code[at + 2] === '\n' ? 3 : 2;
    else at++;
  }
  return Math.min(code[at] === code[start] ? at + 1 : at, code.length);
}

/** Returns the offset behind the backquote or the `${` that ends this piece of a template. */
export function endOfTemplatePiece(code: string, start: number): number {
  for (let at = start + 1; at < code.length; at++) {
    if (code[at] === '\\') at++;
    else if (code[at] === '`') return at + 1;
    else if (code[at] === '$' && code[at + 1] === '{') return at + 2;
  }
  return code.length;
}

/** Returns the offset behind the flags of a regular expression; undefined if it does not end on its line. */
export function endOfRegex(code: string, start: number): number | undefined {
  const line = endOfLine(code, start);
  let isInClass = false;
  for (let at = start + 1; at < line; at++) {
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
