import { beforeEach, expect, test } from 'vitest';
import type { WorkerItem } from '../../../../protocol/messages/runner-messages.ts';
import { messageLimits } from '../../message-limits.ts';
import { takeOverConsole } from './console.ts';
import { Output } from './output.ts';

let lines: string[];
let printed: Console;
beforeEach(() => {
  lines = [];
  const take = (item: WorkerItem): void => void (item.type === 'console' && lines.push(item.text));
  const output = new Output({ post: ({ items }) => structuredClone(items).forEach(take), now: () => 0, later: () => undefined });
  printed = {} as Console;
  takeOverConsole(printed, {
    isFull: false,
    put: take,
    omitLine: () => output.omitLine(),
  } as unknown as Output);
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
