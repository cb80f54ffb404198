/** Applies Tab, Shift+Tab and Enter to text in the light editor, exactly as Monaco does. */
import type { Span } from './edit-history.ts';

/** A text and the selection in it. */
export interface Edited extends Span {
  text: string;
}

const unit = '  ';

/** Tab: adds spaces up to the next stop at a caret, or one level to every line of a selection. */
export function indent({ text, start, end }: Edited): Edited {
  if (start !== end) return eachLine({ text, start, end }, (line) => (line ? unit + line : line));
  const column = start - lineStart(text, start);
  const spaces = ' '.repeat(unit.length - (column % unit.length));
  return insert({ text, start, end }, spaces);
}

/** Shift+Tab: removes one level from every line that the selection touches. */
export function outdent(edited: Edited): Edited {
  return eachLine(edited, (line) => line.replace(/^ {1,2}/, ''));
}

/** Enter: indents the new line like this one, deeper after an opening bracket; a closing bracket goes on its own line. */
export function newLine({ text, start, end }: Edited): Edited {
  const [depth = ''] = /^[ \t]*/.exec(text.slice(lineStart(text, start), start)) ?? [];
  const opened = { '{': '}', '[': ']', '(': ')' }[text[start - 1] ?? ''];
  if (!opened) return insert({ text, start, end }, `\n${depth}`);
  const edited = insert({ text, start, end }, `\n${depth}${unit}`);
  if (text[end] !== opened) return edited;
  return { ...edited, text: `${edited.text.slice(0, edited.start)}\n${depth}${edited.text.slice(edited.start)}` };
}

// At 0 there is nothing before, but `lastIndexOf` would still look at the first character.
const lineStart = (text: string, at: number): number => (at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1);

function insert({ text, start, end }: Edited, inserted: string): Edited {
  const caret = start + inserted.length;
  return { text: text.slice(0, start) + inserted + text.slice(end), start: caret, end: caret };
}

function eachLine({ text, start, end }: Edited, change: (line: string) => string): Edited {
  const from = lineStart(text, start);
  // A selection that ends at the beginning of a line does not touch that line.
  const last = end > start && text[end - 1] === '\n' ? end - 1 : end;
  const to = text.indexOf('\n', last) < 0 ? text.length : text.indexOf('\n', last);
  const lines = text.slice(from, to).split('\n');
  const changed = lines.map(change);
  const first = (changed[0] as string).length - (lines[0] as string).length;
  const all = changed.join('\n');
  return {
    text: text.slice(0, from) + all + text.slice(to),
    start: Math.max(from, start + first),
    end: Math.max(from, end + all.length - (to - from)),
  };
}
