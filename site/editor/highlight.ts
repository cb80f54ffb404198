/** TypeScript's tokens as the page colours them. For the eye alone: no meaning hangs on it. */
import { type CodeToken, eachToken } from './tokens.ts';

/** The colours there are: `--code-keyword` and so on in tokens.css. */
export type TokenColour = 'keyword' | 'string' | 'name' | 'comment';

/** A stretch of one colour; undefined is plain ink. */
export type Token = [text: string, colour: TokenColour | undefined];

const colours: Partial<Record<CodeToken['kind'], TokenColour>> = {
  keyword: 'keyword',
  string: 'string',
  name: 'name',
  comment: 'comment',
};

/** The code's lines, each as its tokens. Joined they are the code again, whatever the code is. */
export function highlight(code: string): Token[][] {
  const lines: Token[][] = [[]];
  /** Where the token begins that is not in the last line yet, and its colour: what is seen alike is one token, for fewer elements. */
  let from = 0;
  let colour: TokenColour | undefined;
  const breakFrom = (at: number): number => (code.indexOf('\n', at) + 1 || Infinity) - 1;
  let nextBreak = breakFrom(0);
  const put = (to: number): void => {
    if (to > from) (lines.at(-1) as Token[]).push([code.slice(from, to), colour]);
    from = to;
  };
  eachToken(code, (start, { end, kind }) => {
    const own = kind === 'space' && from < start ? colour : colours[kind];
    if (own !== colour) {
      put(start);
      colour = own;
    }
    for (; nextBreak < end; nextBreak = breakFrom(nextBreak + 1)) {
      put(nextBreak);
      from = nextBreak + 1;
      lines.push([]);
    }
  });
  put(code.length);
  return lines;
}
