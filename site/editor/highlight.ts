/** Colours TypeScript's tokens for the page. This is purely visual: no meaning depends on it. */
import { type CodeToken, eachToken } from './tokens.ts';

/** The available colours: `--code-keyword` and so on in tokens.css. */
export type TokenColour = 'keyword' | 'string' | 'name' | 'comment';

/** A stretch of one colour; undefined is plain ink. */
export type Token = [text: string, colour: TokenColour | undefined];

const colours: Partial<Record<CodeToken['kind'], TokenColour>> = {
  keyword: 'keyword',
  string: 'string',
  name: 'name',
  comment: 'comment',
};

/** Returns the code's lines, each as its tokens. Joined, they give back the code, whatever it is. */
export function highlight(code: string): Token[][] {
  const lines: Token[][] = [[]];
  /** Start and colour of the token not yet added to the last line: text that looks alike is one token, to save elements. */
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
