/** TypeScript's tokens as the page colours them. For the eye alone: no meaning hangs on it. */
import { tokenize } from 'sugar-high/lang/typescript';

/** The colours there are: `--code-keyword` and so on in tokens.css. */
export type TokenColour = 'keyword' | 'string' | 'name' | 'comment';

/** A stretch of one colour; undefined is plain ink. */
export type Token = [text: string, colour: TokenColour | undefined];

/** Of sugar-high's token types, by number: identifier keyword string class property entity jsxliterals sign comment break space. */
const colours: (TokenColour | undefined)[] = [
  undefined,
  'keyword',
  'string',
  'name',
  undefined,
  undefined,
  undefined,
  undefined,
  'comment',
];

/** The code's lines, each as its tokens. Joined they are the code again, whatever the code is. */
export function highlight(code: string): Token[][] {
  const lines: Token[][] = [[]];
  const tokens = tokenize(code, {});
  const isWhole = tokens.reduce((length, [, value]) => length + value.length, 0) === code.length;
  for (const [type, value] of isWhole ? tokens : [[0, code] as const]) {
    const colour = colours[type];
    value.split('\n').forEach((part, i) => {
      if (i > 0) lines.push([]);
      const line = lines.at(-1) as Token[];
      const last = line.at(-1);
      // What is seen alike is one token: fewer elements.
      if (last && (last[1] === colour || part.trim() === '')) last[0] += part;
      else if (part) line.push([part, colour]);
    });
  }
  return lines;
}
