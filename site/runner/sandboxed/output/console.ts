/** The console of the reader's program, which prints to the page (console.spec.whatwg.org). */
import type { ConsoleLine } from '../../../../protocol/messages/runner-messages.ts';
import { cut, messageLimits } from '../../message-limits.ts';
import { epochNow } from '../clock.ts';
import { formatArguments } from './format.ts';
import { FormatBudget } from './format-budget.ts';
import { inspect, type InspectOptions } from './inspect.ts';
import type { Output } from './output.ts';
import { readable } from './reader-addresses.ts';
import { stackHere } from './stack-here.ts';
import { tableText } from './table.ts';
import { createTallies, type Tally } from './tallies.ts';

/** The deepest group that still adds indentation. */
const deepest = 20;

const isObject = (value: unknown): boolean => (typeof value === 'object' && value !== null) || typeof value === 'function';

/**
 * Puts our methods on `target`. Lines that there is no room for are formatted only as far as they may be the last of a flood, and as
 * `budget` allows. `now` is what `console.time` measures by, ms.
 */
export function takeOverConsole(
  target: Console,
  output: Output,
  now: () => number = epochNow,
  budget = new FormatBudget(epochNow),
): void {
  let depth = 0;
  const tallies = createTallies(now);

  /** Prints what `makeText` returns. It may be called late, unless it shows `shown`, which may change until then. */
  const print = (level: ConsoleLine['level'], makeText: () => string, shown: readonly unknown[] = []): void => {
    const time = epochNow();
    const indent = '  '.repeat(Math.min(depth, deepest));
    const makeLine = (): ConsoleLine => {
      const text = cut(readable(makeText()), messageLimits.text);
      const indented = indent ? cut(indent + text.replaceAll('\n', `\n${indent}`), messageLimits.text) : text;
      return { type: 'console', level, time, text: indented };
    };
    if (!output.isFull) return output.put(makeLine());
    if (!shown.some(isObject)) return output.omitLine(makeLine);
    const line = budget.spendOn(makeLine);
    output.omitLine(line && (() => line));
  };
  const printer =
    (level: ConsoleLine['level']) =>
    (...args: unknown[]): void => {
      if (args.length > 0) print(level, () => formatArguments(args), args);
    };
  const log = printer('log');
  const tell = (tally: Tally | undefined, ...args: unknown[]): void => {
    if (tally) print(tally.level, () => [tally.text, ...(args.length > 0 ? [formatArguments(args)] : [])].join(' '), args);
  };
  const labelled =
    (of: (label: string) => Tally | undefined) =>
    (label: unknown = 'default', ...args: unknown[]): void =>
      tell(of(`${label as string}`), ...args);
  const withoutArguments = (of: (label: string) => Tally | undefined) => {
    const take = labelled(of);
    return (label?: unknown): void => take(label);
  };
  const group = (...args: unknown[]): void => {
    log(...args);
    depth++;
  };

  Object.assign(target, {
    log,
    info: printer('info'),
    warn: printer('warn'),
    error: printer('error'),
    debug: printer('debug'),
    trace(...args: unknown[]) {
      const stack = stackHere();
      print('debug', () => [args.length > 0 ? `Trace: ${formatArguments(args)}` : 'Trace', ...stack].join('\n'), args);
    },
    table(...args: unknown[]) {
      const [data, columns] = args;
      if (isObject(data)) print('log', () => tableText(data, columns) ?? formatArguments([data]), [data]);
      else log(...args);
    },
    dir(value: unknown, options?: InspectOptions) {
      print('log', () => inspect(value, options ?? {}), [value]);
    },
    dirxml: log,
    assert(condition: unknown, ...args: unknown[]) {
      if (condition) return;
      const [first, ...rest] = args;
      const whole = typeof first === 'string' ? [`Assertion failed: ${first}`, ...rest] : ['Assertion failed', ...args];
      print('error', () => formatArguments(whole), args);
    },
    count: withoutArguments(tallies.count),
    countReset: withoutArguments(tallies.countReset),
    time: withoutArguments(tallies.time),
    timeLog: labelled(tallies.timeLog),
    timeEnd: withoutArguments(tallies.timeEnd),
    group,
    groupCollapsed: group,
    groupEnd: () => void (depth = Math.max(0, depth - 1)),
    clear: () => {
      depth = 0;
      output.put({ type: 'clear', time: epochNow() });
    },
  });
}
