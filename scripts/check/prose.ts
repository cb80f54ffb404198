/** Finds the words of a text that are meant to be read: not its code, addresses or component attributes. */

/** Component attributes whose value is prose. */
const spoken = /\s(?:question|said|title|description|label|alt)="([^"]*)"/g;

/** A word and the number of its line, from 1. */
export interface Word {
  word: string;
  line: number;
}

/** Returns the words of Markdown or MDX, or, for a TypeScript module, the words of its strings. */
export function wordsOf(text: string, isModule = false): Word[] {
  const prose = isModule ? stringsOf(text) : proseOf(text);
  return prose.split('\n').flatMap((line, i) => words(line).map((word) => ({ word, line: i + 1 })));
}

/** Replaces what is left out by blanks, so that lines keep their numbers. */
const blank = (part: string): string => part.replace(/[^\n]/g, ' ');

function proseOf(text: string): string {
  return text
    .replace(/^ *(```|~~~)[^]*?^ *\1/gm, blank)
    .replace(/<!--[^]*?-->/g, blank)
    .replace(/^(import|export) .*$/gm, blank)
    .replace(/`[^`\n]*`/g, blank)
    .replace(/<[a-zA-Z/](?:[^<>{"]|"[^"]*"|\{[^{}]*\})*>/g, (tag) => {
      const values = [...tag.matchAll(spoken)].map(([, value]) => value);
      return blank(tag.slice(1)).replace(/^ */, values.join(' ') + ' ');
    })
    .replace(/\{[^{}]*\}/g, blank)
    .replace(/\]\([^)]*\)/g, (target) => ']' + blank(target.slice(1)))
    .replace(/\bhttps?:\/\/\S+|\bwss?:\/\/\S+/g, blank);
}

function stringsOf(text: string): string {
  let read = 0;
  let prose = '';
  for (const match of text.matchAll(/'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"/g)) {
    prose += blank(text.slice(read, match.index)) + ` ${(match[1] ?? match[2] ?? '').replace(/`[^`]*`/g, blank)} `;
    read = match.index + match[0].length;
  }
  return prose + blank(text.slice(read));
}

/** Returns the words in ordinary letters: no abbreviations, no code names such as `readyState`, nothing with a digit or a dot. */
function words(line: string): string[] {
  return line
    .split(/[\s—–/()[\]"“”…,;:!?*_|]+/)
    .filter((part) => !/[\d@#$=&<>{}\\~^+]|\w\.\w/.test(part))
    .flatMap((part) => part.split('-'))
    .map((part) => part.replaceAll('’', "'").replace(/^[^\p{L}]+|[^\p{L}]+$/gu, ''))
    .map((part) => part.replace(/'s$/, ''))
    .filter((part) => part.length > 2 && /^\p{L}[\p{Ll}']*$/u.test(part));
}
