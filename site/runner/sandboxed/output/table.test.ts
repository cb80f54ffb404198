import { expect, test } from 'vitest';
import { tableText } from './table.ts';

const rows = (data: unknown, columns?: unknown): string[] | undefined => tableText(data, columns)?.split('\n');

test('a list of objects has a row for each and a column for each property that one of them has', () => {
  expect(
    rows([
      { a: 1, b: 'x' },
      { a: 22, c: true },
    ]),
  ).toEqual([
    '┌─────────┬────┬─────┬──────┐',
    '│ (index) │ a  │ b   │ c    │',
    '├─────────┼────┼─────┼──────┤',
    "│ 0       │ 1  │ 'x' │      │",
    '│ 1       │ 22 │     │ true │',
    '└─────────┴────┴─────┴──────┘',
  ]);
});

test('values that have no properties stand in a column of their own, behind the others', () => {
  expect(rows(['x', { Value: 1 }, new Date(0)])?.slice(1, 6)).toEqual([
    '│ (index) │ Value │ Value                    │',
    '├─────────┼───────┼──────────────────────────┤',
    "│ 0       │       │ 'x'                      │",
    '│ 1       │ 1     │                          │',
    '│ 2       │       │ 1970-01-01T00:00:00.000Z │',
  ]);
});

test('an object has its keys for an index', () => {
  expect(rows({ A: { sent: 1 }, B: { sent: 2 } })?.slice(3, 5)).toEqual(['│ A       │ 1    │', '│ B       │ 2    │']);
});

test('shows the columns that are asked for, in that order, also one that no row has', () => {
  expect(rows([{ a: 1, b: 2, c: 3 }], ['c', 'none', 'a'])?.slice(1, 4)).toEqual([
    '│ (index) │ c │ none │ a │',
    '├─────────┼───┼──────┼───┤',
    '│ 0       │ 3 │      │ 1 │',
  ]);
});

test('maps and sets are counted through', () => {
  expect(rows(new Map([['k', { a: 1 }]]))?.slice(1, 4)).toEqual([
    '│ (iteration index) │ Key │ Value    │',
    '├───────────────────┼─────┼──────────┤',
    "│ 0                 │ 'k' │ { a: 1 } │",
  ]);
  expect(rows(new Set([7]))?.slice(1, 4)).toEqual([
    '│ (iteration index) │ Value │',
    '├───────────────────┼───────┤',
    '│ 0                 │ 7     │',
  ]);
});

test('lists within lists have columns by number', () => {
  expect(rows([[1, 2]])?.slice(1, 4)).toEqual(['│ (index) │ 0 │ 1 │', '├─────────┼───┼───┤', '│ 0       │ 1 │ 2 │']);
});

test('a cell shows one level, on one line, and never calls a getter', () => {
  const row = {
    deep: { a: { b: 1 } },
    text: 'two\nlines',
    get boom(): never {
      throw new Error('called');
    },
  };
  expect(rows([row])?.[3]).toBe("│ 0       │ { a: [Object] } │ 'two\\nlines' │ [Getter] │");
  expect(rows(Object.defineProperty({}, 'x', { get: () => 1, enumerable: true }))?.[3]).toBe('│ x       │ [Getter] │');
});

test('says how many rows of a long table are not shown', () => {
  const long = rows(Array.from({ length: 1000 }, (_, i) => ({ i })));
  const shown = (long ?? []).filter((line) => /^│ \d/.test(line)).length;
  expect(shown).toBeGreaterThan(50);
  expect(long?.at(-1)).toBe(`… ${1000 - shown} more rows`);
  const wide = tableText(
    Array.from({ length: 90 }, () => Object.fromEntries(Array.from({ length: 90 }, (_, i) => [i, 'x'.repeat(90)]))),
  );
  expect(wide?.length).toBeLessThan(8000);
  expect(wide).toMatch(/… 89 more rows$/);
});

test('what is no object is no table', () => {
  for (const value of ['x', 1, null, undefined]) expect(tableText(value)).toBeUndefined();
});
