import type { Token } from '../tokens/tokens.ts';

export type OtherLanguage = 'python' | 'go' | 'rust' | 'java' | 'csharp' | 'php' | 'ruby' | 'c' | 'shell';

/** For each language lines that no JavaScript or TypeScript has outside strings and comments. One of them is enough. */
const lines: Record<OtherLanguage, RegExp[]> = {
  php: [/^\s*<\?php\b/],
  shell: [
    /^\s*#!.*\/(env )?(ba|z)?sh\b/,
    /^\s*(\$[ \t]*)?(npm (i|install|init|start|run|ci)\b|npx [a-z]|node [\w./-]+\.[cm]?[jt]s|(wscat|websocat|curl) \S)/,
  ],
  python: [
    /^import (asyncio|websockets?|socket|json|tornado|aiohttp|threading|random|time|sys|os)([ \t]*,[ \t]*\w+)*[ \t]*$(?!\s*from\b)/m,
    /^[ \t]*from [\w.]+ import [\w(*]/m,
    /^[ \t]*(async )?def \w+\([^)]{0,500}\)[^:\n{]*:/m,
    /^if __name__ ==/m,
  ],
  go: [/^package \w+[ \t]*$/m],
  rust: [/^[ \t]*(pub )?(async )?fn \w+(<[^>\n]*>)?\(/m, /^use \w+(::[\w{*]+)+/m],
  java: [/^import (static )?(javax?|org|com|io)\.[\w.*]+;/m, /^package [\w.]+;/m, /\bpublic static void main\s*\(/],
  csharp: [/^using (static )?[A-Z][\w.]*;/m],
  ruby: [/\bdo \|\w+(, *\w+)*\|[ \t]*$/m],
  c: [/^#[ \t]*include[ \t]*(<|$)/m],
};

/** Returns the language of a text that is obviously written in another one. */
export function otherLanguageIn(code: string, tokens: readonly Token[]): OtherLanguage | undefined {
  const bare = withoutLiterals(code, tokens);
  return (Object.keys(lines) as OtherLanguage[]).find((language) => lines[language].some((line) => line.test(bare)));
}

/** Returns the code with blanks in place of what strings, templates, regular expressions and comments say. */
function withoutLiterals(code: string, tokens: readonly Token[]): string {
  let bare = '';
  let at = 0;
  for (const { kind, start, end, text } of tokens) {
    if (kind === 'word' || kind === 'sign' || text.startsWith('#!')) continue;
    bare += code.slice(at, start) + code.slice(start, end).replace(/[^\n]/g, ' ');
    at = end;
  }
  return bare + code.slice(at);
}
