import { tokensOf } from './tokens/tokens.ts';

const rareSpaces = /[\u1680\u2000-\u200a\u202f\u205f\u3000\ufeff]/g;
const rareLineEnds = /[\u2028\u2029]/g;

/**
 * Returns a program of the same length in which all space is such as `es-module-lexer` knows: it overlooks an import behind a byte
 * order mark or a U+2028 (ECMA-262 §12.2, §12.3).
 */
export function withPlainSpaces(code: string): string {
  const spaced = code.replace(rareSpaces, ' ');
  if (spaced.search(rareLineEnds) < 0) return spaced;
  let plain = '';
  let at = 0;
  for (const { kind, start, end } of tokensOf(spaced)) {
    if (kind !== 'string' && kind !== 'template') continue;
    // A string may have them in it, but no other line terminator.
    plain += spaced.slice(at, start).replace(rareLineEnds, '\n') + spaced.slice(start, end).replace(rareLineEnds, ' ');
    at = end;
  }
  return plain + spaced.slice(at).replace(rareLineEnds, '\n');
}
