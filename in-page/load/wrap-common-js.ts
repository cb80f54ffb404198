import { wrapperNames } from './wrapper-names.ts';

export interface CommonJsWrapper {
  /** Goes before the code, on its first line. */
  before: string;
  /** Goes behind it, and begins with a new line since the code may end in a comment. */
  after: string;
  /** So many columns the first line moves to the right: take them off the column of an error on line 1. */
  firstLineShift: number;
}

/**
 * Returns what makes of CommonJS code an expression that is a function of `exports, require, module, __filename, __dirname`
 * (Node's documentation, "The module wrapper"). Evaluate it in sloppy mode, as Node does: not within a module.
 */
export function wrapCommonJs(code: string): CommonJsWrapper {
  const head = `(function (${wrapperNames.join(', ')}) { `;
  // Within the function a shebang line would be an error.
  const before = code.startsWith('#!') ? `${head}//` : head;
  return { before, after: '\n})', firstLineShift: before.length };
}
