import { beforeEach, describe, expect, test } from 'vitest';
import type { WorkerItem } from '../../../../protocol/messages/runner-messages.ts';
import { messageLimits } from '../../message-limits.ts';
import { takeOverConsole } from './console.ts';
import { budgetLimits, FormatBudget } from './format-budget.ts';
import type { MakeLine } from './last-lines.ts';
import { Output } from './output.ts';
import { nameAddress } from './reader-addresses.ts';

let lines: string[];
let levels: string[];
let time: number;
let printed: Console;
beforeEach(() => {
  lines = [];
  levels = [];
  time = 0;
  const take = (item: WorkerItem): void => {
    if (item.type === 'clear') lines.push('(cleared)');
    if (item.type !== 'console') return;
    lines.push(item.text);
    levels.push(item.level);
  };
  const output = new Output({ post: ({ items }) => structuredClone(items).forEach(take), now: () => 0, later: () => undefined });
  printed = {} as Console;
  const written = { isFull: false, put: take, omitLine: () => output.omitLine() };
  takeOverConsole(printed, written as unknown as Output, () => time);
});

test.each<[what: string, print: () => void]>([
  [
    'a label',
    () => {
      printed.time('x'.repeat(1e6));
      printed.timeEnd('x'.repeat(1e6));
    },
  ],
  ['what is counted', () => printed.count('x'.repeat(1e6))],
  ['an argument', () => printed.log('x'.repeat(1e6))],
  ['many arguments', () => printed.log(...Array.from({ length: 1000 }, () => 'x'.repeat(1000)))],
  [
    'lines that are moved in',
    () => {
      for (let i = 0; i < 1000; i++) printed.group();
      printed.log('x\n'.repeat(2000));
    },
  ],
])('no line is longer than the page takes, whatever is long: %s', (_what, print) => {
  print();
  expect(lines).toHaveLength(1);
  expect(lines[0]?.length).toBeLessThanOrEqual(messageLimits.text + 1);
});

test('groups indent what they hold, and end one by one', () => {
  printed.log('out');
  printed.group('first');
  printed.log('a\nb');
  printed.group();
  printed.log('deeper');
  printed.groupEnd();
  printed.groupEnd();
  printed.groupEnd();
  printed.log('out again');
  expect(lines).toEqual(['out', 'first', '  a\n  b', '    deeper', 'out again']);
});

test('each method prints at its level, and nothing without arguments', () => {
  for (const method of ['log', 'info', 'warn', 'error', 'debug', 'dirxml'] as const) {
    printed[method]('%s!', 'hi', { a: 1 });
    printed[method]();
  }
  expect(lines).toEqual(Array(6).fill('hi! { a: 1 }'));
  expect(levels).toEqual(['log', 'info', 'warn', 'error', 'debug', 'log']);
});

test('an assertion that fails is an error, and its text may have marks', () => {
  printed.assert(true, 'fine');
  printed.assert(false);
  printed.assert(false, 'only %d of %d', 1, 2);
  printed.assert(undefined, { a: 1 } as never, 'b');
  expect(lines).toEqual(['Assertion failed', 'Assertion failed: only 1 of 2', 'Assertion failed { a: 1 } b']);
  expect(new Set(levels)).toEqual(new Set(['error']));
});

test('counts by label, and warns where a count that is reset does not exist', () => {
  printed.count();
  printed.count('x');
  printed.count('x');
  printed.countReset('x');
  printed.count('x');
  printed.countReset('none');
  expect(lines).toEqual(['default: 1', 'x: 1', 'x: 2', 'x: 1', "Count for 'none' does not exist"]);
  expect(levels.at(-1)).toBe('warn');
});

test('timers measure by label, and warn where one does not exist or exists already', () => {
  printed.time();
  time = 5;
  printed.time();
  printed.timeLog('default', { a: 1 });
  time = 7.25;
  printed.timeEnd();
  printed.timeEnd();
  printed.timeLog('x');
  const none = (label: string): string => `Timer '${label}' does not exist`;
  expect(lines).toEqual([
    "Timer 'default' already exists",
    'default: 5.000 ms { a: 1 }',
    'default: 7.250 ms',
    none('default'),
    none('x'),
  ]);
  expect(levels).toEqual(['warn', 'log', 'log', 'warn', 'warn']);
});

test('a table is drawn, and what is none is printed', () => {
  printed.table([{ a: 1, b: 2 }], ['b']);
  expect(lines[0]).toMatch(/│ 0 {7}│ 2 │/);
  printed.table('text');
  printed.table(7, ['b']);
  expect(lines.slice(1)).toEqual(['text', "7 [ 'b' ]"]);
});

test('an object is shown as deep as dir is asked to', () => {
  printed.dir({ a: { b: { c: { d: 1 } } } }, { depth: null });
  printed.dir({ a: { b: 1 } }, { depth: 0 });
  expect(lines).toEqual(['{ a: { b: { c: { d: 1 } } } }', '{ a: [Object] }']);
});

test('a trace says where the program is', () => {
  printed.trace('from %s', 'here');
  expect(lines[0]).toMatch(/^Trace: from here\n {4}at /);
  expect(lines[0]).toContain('console.test.ts');
});

test('clearing the console leaves every group, and tells the page', () => {
  printed.group('a');
  printed.groupCollapsed('b');
  printed.clear();
  printed.log('c');
  expect(lines).toEqual(['a', '  b', '(cleared)', 'c']);
});

test('what is printed names the file of the program in place of its address', () => {
  nameAddress('blob:null/c0n501e', 'client.ts');
  printed.log('at blob:null/c0n501e:1:2', { file: 'blob:null/c0n501e' });
  expect(lines).toEqual(["at client.ts:1:2 { file: 'client.ts' }"]);
});

describe('a line for which there is no room', () => {
  /** Returns a console whose output is full, and the lines that it was offered as the last; undefined for one it only counts. */
  const full = (budget?: FormatBudget): { printing: Console; offered: (MakeLine | undefined)[] } => {
    const offered: (MakeLine | undefined)[] = [];
    const printing = {} as Console;
    const output = { isFull: true, omitLine: (make?: MakeLine) => offered.push(make) };
    takeOverConsole(printing, output as unknown as Output, undefined, budget);
    return { printing, offered };
  };

  test('is as it was when it was printed, even if it is made later', () => {
    const { printing, offered } = full();
    const value = { a: 1 };
    printing.group('in');
    printing.log('x', value);
    printing.log('y');
    printing.groupEnd();
    value.a = 2;
    expect(offered.map((make) => make?.().text)).toEqual(['in', '  x { a: 1 }', '  y']);
  });

  test('is only counted once those with objects have cost much time', () => {
    let passed = 0;
    // Each time that the clock is read, a tenth of the budget has gone by.
    const { printing, offered } = full(new FormatBudget(() => (passed += budgetLimits.atOnce / 10)));
    for (let i = 0; i < 50; i++) printing.log({ i });
    expect(offered[0]).toBeDefined();
    expect(offered.filter((make) => make === undefined).length).toBeGreaterThan(0);
    printing.log('a text costs nothing');
    expect(offered.at(-1)?.().text).toBe('a text costs nothing');
  });
});
