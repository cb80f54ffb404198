/** The console of the reader's program, which prints to the page. */
import type { ConsoleLine } from '../../../../protocol/messages/runner-messages.ts';
import { cut, messageLimits } from '../../message-limits.ts';
import { epochNow } from '../clock.ts';
import { formatArguments, inspect } from './inspect.ts';
import type { Output } from './output.ts';

/** The deepest group that still adds indentation. */
const deepest = 20;

/**
 * Puts our methods on `target`. Counts lines that there is no room for, without formatting them. `now` is what `console.time`
 * measures by, ms.
 */
export function takeOverConsole(target: Console, output: Output, now: () => number = epochNow): void {
  let depth = 0;
  const counts = new Map<string, number>();
  const timers = new Map<string, number>();

  const print = (level: ConsoleLine['level'], makeText: () => string): void => {
    if (output.isFull) return output.omitLine();
    const time = epochNow();
    const text = cut(makeText(), messageLimits.text);
    const indent = '  '.repeat(Math.min(depth, deepest));
    const indented = indent ? cut(indent + text.replaceAll('\n', `\n${indent}`), messageLimits.text) : text;
    output.put({ type: 'console', level, time, text: indented });
  };
  const printer =
    (level: ConsoleLine['level']) =>
    (...args: unknown[]): void =>
      print(level, () => formatArguments(args));
  const elapsed = (label: string): string => `${label}: ${(now() - (timers.get(label) ?? NaN)).toFixed(3)} ms`;
  const group = (...args: unknown[]): void => {
    if (args.length > 0) print('log', () => formatArguments(args));
    depth++;
  };

  Object.assign(target, {
    log: printer('log'),
    info: printer('info'),
    warn: printer('warn'),
    error: printer('error'),
    debug: printer('debug'),
    trace: printer('debug'),
    table: printer('log'),
    dir: (value: unknown) => print('log', () => inspect(value)),
    assert(condition: unknown, ...args: unknown[]) {
      if (!condition) print('error', () => `Assertion failed${args.length > 0 ? `: ${formatArguments(args)}` : ''}`);
    },
    count(label: unknown = 'default') {
      const name = `${label as string}`;
      counts.set(name, (counts.get(name) ?? 0) + 1);
      print('log', () => `${name}: ${counts.get(name) ?? 0}`);
    },
    countReset: (label: unknown = 'default') => void counts.delete(`${label as string}`),
    time: (label: unknown = 'default') => void timers.set(`${label as string}`, now()),
    timeLog: (label: unknown = 'default', ...args: unknown[]) =>
      print('log', () => formatArguments([elapsed(`${label as string}`), ...args])),
    timeEnd(label: unknown = 'default') {
      print('log', () => elapsed(`${label as string}`));
      timers.delete(`${label as string}`);
    },
    group,
    groupCollapsed: group,
    groupEnd: () => void (depth = Math.max(0, depth - 1)),
  });
}
