import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { difference, EditHistory, type Span } from './edit-history.ts';

const at = (offset: number): Span => ({ start: offset, end: offset });

/** Types `word` at the end, one character every `every` ms from `time` on. */
function type(history: EditHistory, word: string, time = 0, every = 50): void {
  for (const [i, character] of [...word].entries()) {
    const { length } = history.text;
    history.record(history.text + character, at(length), at(length + 1), 'typing', time + i * every);
  }
}

describe('EditHistory', () => {
  test('undoes a word typed without a pause in one step, and puts the caret back', () => {
    const history = new EditHistory('const ');
    type(history, 'answer');
    expect(history.text).toBe('const answer');
    expect(history.undo()).toEqual({ text: 'const ', selection: at(6) });
    expect(history.undo()).toBeUndefined();
    expect(history.redo()).toEqual({ text: 'const answer', selection: at(12) });
    expect(history.redo()).toBeUndefined();
  });

  test('begins a new step after a pause, and when the caret has moved elsewhere', () => {
    const history = new EditHistory('');
    type(history, 'one');
    type(history, 'two', 5000);
    history.record('Xonetwo', at(0), at(1), 'typing', 5200);
    expect([history.undo()?.text, history.undo()?.text, history.undo()?.text]).toEqual(['onetwo', 'one', '']);
  });

  test('never joins typing with deleting, nor one edit by command with another', () => {
    const history = new EditHistory('');
    type(history, 'ab');
    history.record('a', at(2), at(1), 'deleting', 110);
    history.record('  a', at(1), at(3), 'other', 120);
    history.record('    a', at(3), at(5), 'other', 130);
    expect([history.undo()?.text, history.undo()?.text, history.undo()?.text]).toEqual(['  a', 'a', 'ab']);
  });

  test('drops what was undone once another edit follows', () => {
    const history = new EditHistory('');
    type(history, 'a');
    history.undo();
    type(history, 'b', 1000);
    expect(history.redo()).toBeUndefined();
    expect(history.text).toBe('b');
  });
});

describe('the history of a long text', () => {
  test('keeps only the last steps, so that long typing does not run the page out of memory', () => {
    const history = new EditHistory('x'.repeat(1_000_000));
    for (let i = 0; i < 100; i++) history.record(`${i}${history.text}`, at(0), at(1), 'other', i);
    const kept = history.steps.reduce((sum, { text }) => sum + text.length, 0);
    expect(kept).toBeLessThan(20_000_000);
    expect(history.undo()?.text).toMatch(/^989796/);
  });

  test('always keeps one step back', () => {
    const history = new EditHistory('a'.repeat(30_000_000));
    history.record('b'.repeat(30_000_000), at(0), at(1), 'other', 0);
    expect(history.undo()?.text[0]).toBe('a');
  });
});

describe('difference', () => {
  test('finds the smallest replacement', () => {
    expect(difference('let a = 1;', 'let ab = 1;')).toEqual({ start: 5, end: 5, inserted: 'b' });
    expect(difference('aaa', 'aa')).toEqual({ start: 2, end: 3, inserted: '' });
  });

  test('turns the first text into the second without cutting a character in two, for any two texts', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '\n', '😀', '😁') });
    fc.assert(
      fc.property(text, text, (from, to) => {
        const { start, end, inserted } = difference(from, to);
        expect(from.slice(0, start) + inserted + from.slice(end)).toBe(to);
        for (const part of [from.slice(0, start), inserted, from.slice(end)]) expect(part.isWellFormed()).toBe(true);
      }),
    );
  });
});
