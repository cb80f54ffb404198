import { expect, test } from 'vitest';
import { indent, newLine, outdent, type Edited } from './indent.ts';

/** Reads a text with its selection written into it: `|` is a caret, `‹›` hold a selection. */
function read(marked: string): Edited {
  const start = marked.search(/[|‹]/);
  const end = marked.includes('›') ? marked.indexOf('›') - 1 : start;
  return { text: marked.replace(/[|‹›]/g, ''), start, end };
}
function write({ text, start, end }: Edited): string {
  return start === end
    ? `${text.slice(0, start)}|${text.slice(start)}`
    : `${text.slice(0, start)}‹${text.slice(start, end)}›${text.slice(end)}`;
}

test.each([
  ['Tab at a caret goes to the next stop', indent, 'a|b', 'a |b'],
  ['Tab at a stop goes to the one after', indent, '|ab', '  |ab'],
  ['Tab moves all lines of a selection', indent, 'a‹b\n\nc›d', '  a‹b\n\n  c›d'],
  ['Shift+Tab takes one level off', outdent, '    a|b', '  a|b'],
  ['Shift+Tab takes off what there is', outdent, ' ‹a\nb›', '‹a\nb›'],
  ['Shift+Tab leaves a line that the selection only reaches', outdent, '  ‹a\n›  b', '‹a\n›  b'],
  ['Enter keeps the depth', newLine, '  a|', '  a\n  |'],
  ['Enter goes deeper after an opening bracket', newLine, 'if (x) {|', 'if (x) {\n  |'],
  ['Enter between brackets opens a line between them', newLine, '  f({|})', '  f({\n    |\n  })'],
  ['Enter replaces a selection', newLine, '  a‹bc›d', '  a\n  |d'],
])('%s', (_claim, change, before, after) => {
  expect(write(change(read(before)))).toBe(after);
});

test('Tab at the beginning of a text whose first line is empty indents by one level', () => {
  expect(indent({ text: '\na', start: 0, end: 0 })).toEqual({ text: '  \na', start: 2, end: 2 });
});
