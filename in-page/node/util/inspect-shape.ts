/** What kinds of objects are shown as by Node's `util.inspect`: what stands around their parts, and which these are. */
import { Buffer } from '../buffer.ts';
import { primitiveText } from './inspect-text.ts';

/** How the parts of an object are shown. */
export interface Viewer {
  show: (value: unknown) => string;
  /** No more items of a list than so many. */
  mostItems: number;
}

export interface Shape {
  /** Stands before the braces. */
  prefix: string;
  braces: [open: string, close: string];
  /** How many parts there are besides properties. */
  size: number;
  /** Shows these parts. */
  parts: (viewer: Viewer) => string[];
  /** True for one whose parts stand in columns. */
  isList: boolean;
  /** Stands for the whole object where it has no properties. */
  alone?: string;
}

const plain = { braces: ['{', '}'] as [string, string], size: 0, parts: () => [], isList: false };

export function shapeOf(value: object): Shape {
  const alone = textOf(value);
  if (alone !== undefined) return { ...plain, prefix: '', alone };
  if (Array.isArray(value)) {
    const prefix = nameOf(value) === 'Array' ? '' : prefixOf(value, 'Array', value.length);
    return listShape(prefix, value);
  }
  if (value instanceof Map) {
    const parts = ({ show }: Viewer): string[] => [...value].map(([key, of]) => `${show(key)} => ${show(of)}`);
    return { ...plain, prefix: prefixOf(value, 'Map', value.size), parts, size: value.size };
  }
  if (value instanceof Set) {
    const parts = ({ show }: Viewer): string[] => [...value].map((of) => show(of));
    return { ...plain, prefix: prefixOf(value, 'Set', value.size), parts, size: value.size };
  }
  if (ArrayBuffer.isView(value) && 'length' in value) {
    const list = value as unknown as ArrayLike<unknown>;
    return listShape(prefixOf(value, 'TypedArray', list.length), list);
  }
  if (value instanceof ArrayBuffer) {
    const own = [`[Uint8Contents]: <${hexOf(new Uint8Array(value))}>`, `[byteLength]: ${value.byteLength}`];
    return { ...plain, prefix: 'ArrayBuffer ', parts: () => own, size: own.length };
  }
  // Nobody but the engine knows whether it is settled.
  if (value instanceof Promise) return { ...plain, prefix: 'Promise ', parts: () => ['<promise>'], size: 1 };
  return { ...plain, prefix: prefixOf(value, 'Object') };
}

/** Returns the name of an object's class; undefined without a prototype. */
export function nameOf(value: object): string | undefined {
  for (let at: object | null = value; at; at = Object.getPrototypeOf(at) as object | null) {
    const constructor: unknown = Object.getOwnPropertyDescriptor(at, 'constructor')?.value;
    if (typeof constructor === 'function' && constructor.name !== '') return constructor.name;
  }
  return undefined;
}

/** Returns an object's class, size and tag, where they are not what one expects. */
function prefixOf(value: object, usual: string, size?: number): string {
  const name = nameOf(value);
  const given = (value as { [Symbol.toStringTag]?: unknown })[Symbol.toStringTag];
  const tag = typeof given === 'string' && !Object.hasOwn(value, Symbol.toStringTag) ? given : '';
  const sized = `${name ?? `[${usual}: null prototype]`}${size === undefined ? '' : `(${size})`}`;
  if (tag !== '' && tag !== name) return `${sized} [${tag}] `;
  return name === usual && size === undefined ? '' : `${sized} `;
}

function listShape(prefix: string, list: ArrayLike<unknown>): Shape {
  return { prefix, braces: ['[', ']'], size: list.length, parts: (viewer) => items(viewer, list), isList: true };
}

function items({ show, mostItems }: Viewer, list: ArrayLike<unknown>): string[] {
  const output: string[] = [];
  let at = 0;
  for (; at < list.length && output.length < mostItems; at++) {
    if (at in list) output.push(show(list[at]));
    else {
      const from = at;
      while (at + 1 < list.length && !(at + 1 in list)) at++;
      const count = at - from + 1;
      output.push(`<${count} empty item${count > 1 ? 's' : ''}>`);
    }
  }
  const left = list.length - at;
  if (left > 0) output.push(`... ${left} more item${left > 1 ? 's' : ''}`);
  return output;
}

/** Returns the text of an object that is shown as one; undefined for others. */
function textOf(value: object): string | undefined {
  if (typeof value === 'function') return functionText(value);
  if (value instanceof Error) return errorText(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
  if (value instanceof RegExp) return String(value);
  if (value instanceof URL) return value.href;
  if (Buffer.isBuffer(value)) return value.length === 0 ? '<Buffer >' : `<Buffer ${hexOf(value)}>`;
  for (const Boxed of [String, Number, Boolean]) {
    if (value instanceof Boxed) return `[${Boxed.name}: ${primitiveText(value.valueOf())}]`;
  }
  return undefined;
}

function functionText(value: object & { name?: unknown }): string {
  const name = typeof value.name === 'string' && value.name !== '' ? value.name : undefined;
  if (/^class\b/.test(Function.prototype.toString.call(value))) {
    const parent = Object.getPrototypeOf(value) as { name?: string } | null;
    return `[class ${name ?? '(anonymous)'}${parent?.name ? ` extends ${parent.name}` : ''}]`;
  }
  const kind = value.constructor?.name ?? 'Function';
  return name === undefined ? `[${kind} (anonymous)]` : `[${kind}: ${name}]`;
}

/** Returns an error's name and message, without the stack: engines write it differently, and it tells of the page. */
function errorText(error: Error): string {
  return `[${String(error) || 'Error'}]`;
}

/** Bytes of a Buffer that are shown. */
const mostBytes = 50;

function hexOf(bytes: Uint8Array): string {
  const shown = [...bytes.subarray(0, mostBytes)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  const left = bytes.length - mostBytes;
  return left > 0 ? `${shown} ... ${left} more byte${left > 1 ? 's' : ''}` : shown;
}
