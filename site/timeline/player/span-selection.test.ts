import { expect, test } from 'vitest';
import { SpanSelection } from './span-selection.ts';

const selectionAt = (position: number) => new SpanSelection({ position, end: 1000 }, () => ({ from: 200, to: 1400 }));

test('a span is selected from either end, and goes no further than the trace', () => {
  const selection = selectionAt(0);
  selection.select(700, 300);
  expect(selection.span.value).toEqual({ from: 300, to: 700 });
  selection.select(-50, 5000);
  expect(selection.span.value).toEqual({ from: 0, to: 1000 });
});

test('setting an end to the moment shown leaves the other end where it is, and turns the span round when it passes it', () => {
  const selection = selectionAt(600);
  selection.setEnd('from');
  expect(selection.span.value).toEqual({ from: 600, to: 1000 });
  selection.select(100, 300);
  selection.setEnd('from');
  expect(selection.span.value).toEqual({ from: 300, to: 600 });
});

test('toggling selects the middle half of what is in view, and then nothing', () => {
  const selection = selectionAt(0);
  selection.toggle();
  expect(selection.span.value).toEqual({ from: 400, to: 800 });
  selection.toggle();
  expect(selection.span.value).toBeUndefined();
});
