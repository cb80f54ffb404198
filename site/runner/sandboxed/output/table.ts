/** `console.table` as text: a row for each entry, a column for each property (Console Standard §1.1.7). */
import { inspectQuoted } from './inspect.ts';
import { inspectLimits } from './inspect-text.ts';

const limits = { rows: 100, columns: 20, cell: 40 };

interface Row {
  /** By column. */
  cells: Map<string, string>;
}

/** Returns a table of `data`, with only `columns` if they are given; undefined if it is not tabular. */
export function tableText(data: unknown, columns?: unknown): string | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const wanted = Array.isArray(columns) ? columns.map(cellName) : undefined;
  const { indexName, rows, size } = rowsOf(data, wanted);
  const found = new Set(rows.flatMap(({ cells }) => [...cells.keys()]));
  found.delete(indexName);
  const hasValue = found.delete(valueName);
  const named = (wanted ?? [...found]).slice(0, limits.columns);
  const header = [indexName, ...named, ...(hasValue ? [valueName] : [])];
  const body = rows.map(({ cells }) => header.map((column) => cells.get(column) ?? ''));
  return drawn(header.map(shortened), body, size);
}

/** Names of columns that no property has: the zero-width space keeps them apart. */
const [indexOf, iterationOf, keyName, valueName] = ['(index)', '(iteration index)', 'Key', 'Value'].map(
  (name) => `${name}\u200b`,
) as [string, string, string, string];

function rowsOf(data: object, wanted: readonly string[] | undefined): { indexName: string; rows: Row[]; size: number } {
  const rows: Row[] = [];
  const add = (indexName: string, index: string, value: unknown, key?: string): void => {
    const cells = new Map([[indexName, index]]);
    if (key !== undefined) cells.set(keyName, key);
    const isObject = typeof value === 'object' && value !== null && !(value instanceof Date || value instanceof Words);
    if (isObject && key === undefined) for (const [name, text] of cellsOf(value, wanted)) cells.set(name, text);
    else cells.set(valueName, cellText(value));
    rows.push({ cells });
  };
  if (data instanceof Map || data instanceof Set) {
    let i = 0;
    for (const [key, value] of data.entries() as Iterable<[unknown, unknown]>) {
      if (i === limits.rows) break;
      add(iterationOf, String(i++), value, data instanceof Map ? cellText(key) : undefined);
    }
    return { indexName: iterationOf, rows, size: data.size };
  }
  const keys = Object.keys(data);
  for (const key of keys.slice(0, limits.rows)) add(indexOf, shortened(key), ownValue(data, key));
  return { indexName: indexOf, rows, size: keys.length };
}

function* cellsOf(value: object, wanted: readonly string[] | undefined): Generator<[string, string]> {
  const keys = Object.keys(value);
  for (const key of wanted ? keys.filter((one) => wanted.includes(one)) : keys.slice(0, limits.columns))
    yield [key, cellText(ownValue(value, key))];
}

/** Returns the value of a property, and words in place of one that a getter would compute. */
function ownValue(object: object, key: string): unknown {
  const own = Object.getOwnPropertyDescriptor(object, key);
  return own && !('value' in own) ? new Words('[Getter]') : own?.value;
}

/** A text that a cell shows without quotes. */
class Words {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

const cellName = (name: unknown): string => (typeof name === 'symbol' ? String(name) : `${name as string}`);
const cellText = (value: unknown): string => shortened(value instanceof Words ? value.text : inspectQuoted(value, { depth: 0 }));
const shortened = (text: string): string => {
  const line = text.replace(/\s+/g, ' ');
  return line.length > limits.cell ? `${line.slice(0, limits.cell)}…` : line;
};
/** Counts characters as readers do, except where several make one. */
const widthOf = (text: string): number => [...text.replace('\u200b', '')].length;

function drawn(header: readonly string[], body: readonly (readonly string[])[], size: number): string {
  const widths = header.map((name, i) => Math.max(widthOf(name), ...body.map((row) => widthOf(row[i] as string))) + 2);
  const bar = (left: string, cross: string, right: string): string =>
    left + widths.map((width) => '─'.repeat(width)).join(cross) + right;
  const line = (cells: readonly string[]): string =>
    `│${cells.map((text, i) => ` ${text.replace('\u200b', '')}${' '.repeat((widths[i] as number) - widthOf(text) - 1)}`).join('│')}│`;
  const width = widths.reduce((sum, one) => sum + one + 1, 2);
  const shown = body.slice(0, Math.max(1, Math.floor(inspectLimits.total / width) - 5));
  const more = size - shown.length;
  return [
    bar('┌', '┬', '┐'),
    line(header),
    bar('├', '┼', '┤'),
    ...shown.map(line),
    bar('└', '┴', '┘'),
    ...(more > 0 ? [`… ${more} more row${more === 1 ? '' : 's'}`] : []),
  ].join('\n');
}
