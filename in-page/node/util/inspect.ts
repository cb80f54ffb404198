/** Node's `util.inspect`, as `console.log` shows values there (Node's documentation, "util.inspect"). Without colours. */
import { Buffer } from '../buffer.ts';
import { groupInColumns } from './inspect-columns.ts';
import { nameOf, type Shape, shapeOf, type Viewer } from './inspect-shape.ts';
import { keyText, primitiveText } from './inspect-text.ts';

export interface InspectOptions {
  /** How deep it looks; null or Infinity for all the way. */
  depth?: number | null | undefined;
  showHidden?: boolean | undefined;
  breakLength?: number | undefined;
  compact?: boolean | number | undefined;
  maxArrayLength?: number | null | undefined;
  sorted?: boolean | undefined;
  /** Taken, but no colours are written. */
  colors?: boolean | undefined;
}

interface Context {
  options: InspectOptions;
  depth: number;
  breakLength: number;
  compact: number;
  mostItems: number;
  /** Objects that it is inside of. */
  path: object[];
  /** Those that contain themselves, with their numbers. */
  circular: Map<object, number>;
  indentation: number;
  /** How deep the object is that was shown last. */
  currentDepth: number;
}

/** The name of the method by which an object says how it is shown. */
export const inspectCustom = Symbol.for('nodejs.util.inspect.custom');

function inspectValue(value: unknown, options: InspectOptions = {}): string {
  const context: Context = {
    options,
    depth: options.depth === null ? Infinity : (options.depth ?? 2),
    breakLength: options.breakLength ?? 80,
    compact: Number(options.compact ?? 3),
    mostItems: options.maxArrayLength === null ? Infinity : (options.maxArrayLength ?? 100),
    path: [],
    circular: new Map(),
    indentation: 0,
    currentDepth: 0,
  };
  return show(context, value, 0);
}

export const inspect = Object.assign(inspectValue, { custom: inspectCustom });

function show(context: Context, value: unknown, level: number): string {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return primitiveText(value);
  const custom = (value as { [inspectCustom]?: unknown })[inspectCustom];
  // The package's Buffer brings one along, which differs from Node's.
  if (typeof custom === 'function' && !Buffer.isBuffer(value)) {
    const shown: unknown = custom.call(value, context.depth - level, { ...context.options }, inspect);
    if (shown !== value) return typeof shown === 'string' ? shown : show(context, shown, level);
  }
  if (context.path.includes(value)) {
    const number = context.circular.get(value) ?? context.circular.size + 1;
    context.circular.set(value, number);
    return `[Circular *${number}]`;
  }
  return showObject(context, value, level);
}

function showObject(context: Context, value: object, level: number): string {
  const shape = shapeOf(value);
  const keys = keysOf(context, value);
  if (keys.length === 0 && shape.alone !== undefined) return shape.alone;
  if (keys.length === 0 && shape.size === 0) return `${shape.prefix}${shape.braces.join('')}`;
  if (level > context.depth) return `[${nameOf(value) ?? 'Object: null prototype'}]`;
  context.path.push(value);
  context.currentDepth = level;
  const viewer: Viewer = { show: (part) => showInside(context, part, level), mostItems: context.mostItems };
  const output = [...shape.parts(viewer), ...keys.map((key) => property(value, key, viewer))];
  context.path.pop();
  const number = context.circular.get(value);
  const reference = number === undefined ? '' : `<ref *${number}> `;
  const prefix = `${reference}${shape.alone === undefined ? shape.prefix : `${shape.alone} `}`;
  return join(context, output, { ...shape, prefix }, level, isNumeric(value));
}

/** Shows what is inside an object, further to the right. */
function showInside(context: Context, value: unknown, level: number): string {
  context.indentation += 2;
  const shown = show(context, value, level + 1);
  context.indentation -= 2;
  return shown;
}

function keysOf({ options: { showHidden, sorted } }: Context, value: object): PropertyKey[] {
  const isList = Array.isArray(value) || ArrayBuffer.isView(value) || value instanceof String;
  const all = showHidden ? Object.getOwnPropertyNames(value) : Object.keys(value);
  const names = all.filter((key) => !(isList && /^(0|[1-9]\d*)$/.test(key)) && !(value instanceof Error && key === 'stack'));
  if (sorted) names.sort();
  const symbols = Object.getOwnPropertySymbols(value).filter((key) => Object.prototype.propertyIsEnumerable.call(value, key));
  return [...names, ...symbols];
}

function property(value: object, key: PropertyKey, { show: showPart }: Viewer): string {
  const described = Object.getOwnPropertyDescriptor(value, key);
  const name = described?.enumerable === false && typeof key !== 'symbol' ? `[${keyText(key)}]` : keyText(key);
  if (described?.get) return `${name}: ${described.set ? '[Getter/Setter]' : '[Getter]'}`;
  return `${name}: ${described?.set ? '[Setter]' : showPart(described?.value)}`;
}

/** True for a list of numbers alone. */
function isNumeric(value: object): boolean {
  if (!Array.isArray(value)) return ArrayBuffer.isView(value);
  return value.every((item) => typeof item === 'number' || typeof item === 'bigint');
}

/** Puts parts on one line where they fit and are simple, else on a line each. */
function join(context: Context, output: string[], shape: Shape, level: number, isOfNumbers: boolean): string {
  const { breakLength, compact, indentation, currentDepth, mostItems } = context;
  const { prefix, braces } = shape;
  const isGrouped = shape.isList && output.length > 6 && compact >= 1;
  const room = { breakLength, indentation, compact, mostItems, isNumeric: isOfNumbers };
  const rows = isGrouped ? groupInColumns(output, room) : output;
  if (compact >= 1 && currentDepth - level < compact && rows.length === output.length) {
    const start = rows.length + indentation + braces[0].length + prefix.length + 10;
    const length = rows.reduce((sum, row) => sum + row.length, rows.length + start);
    const line = rows.join(', ');
    const isOneLine = !line.includes('\n') && !prefix.includes('\n');
    if (length <= breakLength && isOneLine) return `${prefix}${braces[0]} ${line} ${braces[1]}`;
  }
  const margin = `\n${' '.repeat(indentation)}`;
  return `${prefix}${braces[0]}${margin}  ${rows.join(`,${margin}  `)}${margin}${braces[1]}`;
}
