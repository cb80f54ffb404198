/** How deep a client may nest lists and objects in a message: ours need two levels. */
const deepest = 16;

/**
 * Returns the value of a client's JSON text (RFC 8259; its §9 lets a parser limit the depth). Throws a SyntaxError for what is
 * not JSON, and for what is nested deeper than any message of ours: 4,000 brackets take the parser some 200 µs, a text of that
 * length 3 µs.
 */
export function parseShallow(text: string): unknown {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (quoted && character === '\\') at++;
    else if (character === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (character === ']' || character === '}') depth--;
    else if ((character === '[' || character === '{') && ++depth > deepest)
      throw new SyntaxError(`lists and objects nested deeper than ${deepest}`);
  }
  return JSON.parse(text);
}
