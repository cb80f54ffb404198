/** Shows values as text for the console: compact, with limited depth, width and length. Never calls the reader's getters. */
import { bufferText, cut, inBraces, inBrackets, inspectLimits as limits, keyText, quote } from './inspect-text.ts';
import { attribute } from '../natives.ts';
import { platformObject } from './platform-objects.ts';
import { className, functionText, tagOf } from './type-names.ts';

/** What `console.dir` takes. */
export interface InspectOptions {
  /** How many levels of objects within the value are shown; null for all. */
  depth?: unknown;
}

/** Returns a value as `console.log` shows it: a string as it is, everything else inspected. */
export function inspect(value: unknown, options: InspectOptions = {}): string {
  return typeof value === 'string' ? cut(value, limits.total) : inspectQuoted(value, options);
}

/** Returns a value as it is shown within another: a string in quotes. */
export function inspectQuoted(value: unknown, { depth }: InspectOptions = {}): string {
  const levels =
    depth === null ? limits.mostDepth : typeof depth === 'number' && depth >= 0 ? Math.floor(depth) + 1 : limits.depth;
  return cut(new Inspector(Math.min(levels, limits.mostDepth)).show(value, []), limits.total);
}

// A class of the reader's may have a getter of the same name.
const sizeOfMap = attribute(Map.prototype, 'size') as (map: Map<unknown, unknown>) => number;
const sizeOfSet = attribute(Set.prototype, 'size') as (set: Set<unknown>) => number;

const unreadable = '[cannot be shown: reading it throws]';

/** Shows one value. */
class Inspector {
  readonly #levels: number;
  /** Characters used so far. Once the line is full, further entries are dropped at every depth. */
  #spent = 0;

  constructor(levels: number) {
    this.#levels = levels;
  }

  /** `above` are the objects that the value is inside of. */
  show(value: unknown, above: readonly object[]): string {
    if (typeof value === 'string') return quote(value);
    if (typeof value === 'bigint') return `${value}n`;
    if (Object.is(value, -0)) return '-0';
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return String(value);
    if (above.includes(value)) return '[circular]';
    try {
      return this.#object(value, above);
    } catch {
      return unreadable;
    }
  }

  #object(value: object, above: readonly object[]): string {
    const isDeep = above.length >= this.#levels;
    const within = [...above, value];
    if (typeof value === 'function') {
      const properties = isDeep ? [] : this.#properties(value, within);
      return properties.length > 0 ? inBraces(functionText(value as () => void), properties) : functionText(value as () => void);
    }
    if (value instanceof Error) return this.#error(value, within, isDeep);
    if (Array.isArray(value))
      return isDeep && value.length > 0 ? `[Array(${value.length})]` : this.#array(value as unknown[], within);
    try {
      const special = this.#special(value, within, isDeep);
      if (special !== undefined) return special;
    } catch {
      // A prototype by itself, or an object that only inherits from it.
    }
    const name = titleOf(value);
    return isDeep ? `[${name || 'Object'}]` : inBraces(name === 'Object' ? '' : name, this.#properties(value, within));
  }

  /** Returns what objects of the language and the browser show that have more than properties. */
  #special(value: object, within: readonly object[], isDeep: boolean): string | undefined {
    const name = className(value) ?? '';
    const inner = (of: unknown): string => this.show(of, within);
    if (value instanceof Date)
      return Number.isNaN(Date.prototype.getTime.call(value)) ? 'Invalid Date' : Date.prototype.toISOString.call(value);
    if (value instanceof RegExp) return RegExp.prototype.toString.call(value);
    if (ArrayBuffer.isView(value)) return this.#view(value, name);
    const { tag } = tagOf(value);
    if (tag === 'ArrayBuffer' || tag === 'SharedArrayBuffer') return bufferText(name, value as ArrayBuffer);
    const boxed = valueInBox(value);
    if (boxed !== undefined) return `[${name}: ${inner(boxed)}]`;
    if (isDeep) return undefined;
    if (value instanceof Map) {
      const entry = ([key, of]: [unknown, unknown]): string => `${inner(key)} => ${inner(of)}`;
      return inBraces(`${name}(${sizeOfMap(value)})`, this.#list(Map.prototype.entries.call(value), sizeOfMap(value), entry));
    }
    if (value instanceof Set)
      return inBraces(`${name}(${sizeOfSet(value)})`, this.#list(Set.prototype.values.call(value), sizeOfSet(value), inner));
    if (tag === 'WeakMap' || tag === 'WeakSet') return inBraces(name, ['<items unknown>']);
    const platform = platformObject(value);
    if (!platform) return undefined;
    if ('fields' in platform)
      return inBraces(
        name,
        platform.fields.map(([key, of]) => `${key}: ${inner(of)}`),
      );
    const { list } = platform;
    return inBraces(
      name,
      this.#list(list, list.length, ([key, of]) => `${quote(key)}: ${inner(of)}`),
    );
  }

  #list<Item>(items: Iterable<Item>, size: number, show: (item: Item) => string): string[] {
    const shown: string[] = [];
    for (const item of items) {
      if (shown.length === limits.entries || this.#spent > limits.total) break;
      shown.push(this.#count(show(item)));
    }
    if (size > shown.length) shown.push(`… ${size - shown.length} more`);
    return shown;
  }

  #count(text: string): string {
    this.#spent += text.length;
    return text;
  }

  /** Shows an array's items, its holes, and properties that are no items. */
  #array(array: readonly unknown[], within: readonly object[]): string {
    const shown: string[] = [];
    let at = 0;
    for (; at < array.length && shown.length < limits.entries && this.#spent <= limits.total; at++) {
      const next = nextIndex(array, at);
      if (next > at) {
        shown.push(this.#count(`empty × ${next - at}`));
        at = next - 1;
      } else shown.push(this.#property(array, String(at), within));
    }
    if (at < array.length) shown.push(`… ${array.length - at} more`);
    // Not looked for in a long array, whose keys are many.
    const others = array.length <= 1000 ? keysOf(array).filter((key) => typeof key === 'symbol' || !/^\d+$/.test(key)) : [];
    shown.push(...this.#list(others, others.length, (key) => `${keyText(key)}: ${this.#property(array, key, within)}`));
    const name = className(array);
    return `${name === 'Array' || !name ? '' : `${name}(${array.length}) `}${inBrackets(shown)}`;
  }

  #view(view: ArrayBufferView, name: string): string {
    if (view instanceof DataView) return `${name} { byteLength: ${view.byteLength}, byteOffset: ${view.byteOffset} }`;
    const { length } = view as unknown as ArrayLike<unknown>;
    const first = Array.from({ length: Math.min(length, limits.entries) }, (_, i) => (view as unknown as unknown[])[i]);
    return `${name}(${length}) ${inBrackets(this.#list(first, length, (of) => this.show(of, [])))}`;
  }

  #properties(object: object, within: readonly object[]): string[] {
    const keys = keysOf(object);
    return this.#list(keys, keys.length, (key) => `${keyText(key)}: ${this.#property(object, key, within)}`);
  }

  #property(object: object, key: string | symbol, within: readonly object[]): string {
    const { get, set, value } = Object.getOwnPropertyDescriptor(object, key) ?? {};
    if (get) return set ? '[Getter/Setter]' : '[Getter]';
    return set ? '[Setter]' : this.show(value, within);
  }

  /** Shows an error's name and message, its cause, and what else it has been given, such as a code. */
  #error(error: Error, within: readonly object[], isDeep: boolean): string {
    const { name, message } = error as { name: unknown; message: unknown };
    const title = [name, message].filter((part) => typeof part === 'string' && part !== '').join(': ') || 'Error';
    const own = (key: string): PropertyDescriptor | undefined => Object.getOwnPropertyDescriptor(error, key);
    const cause = own('cause')?.value as unknown;
    const text = cause === undefined ? title : `${title} (cause: ${this.show(cause, within)})`;
    if (isDeep) return text;
    const keys = keysOf(error).filter((key) => !/^(?:name|message|stack|cause)$/.test(String(key)));
    // An AggregateError's.
    if (own('errors') && !keys.includes('errors')) keys.unshift('errors');
    if (keys.length === 0) return text;
    return inBraces(
      text,
      this.#list(keys, keys.length, (key) => `${keyText(key)}: ${this.#property(error, key, within)}`),
    );
  }
}

/** Returns the value in a `new Number(1)` and the like; undefined for any other object. */
function valueInBox(object: object): unknown {
  if (object instanceof Number) return Number.prototype.valueOf.call(object);
  if (object instanceof String) return String.prototype.valueOf.call(object);
  return object instanceof Boolean ? Boolean.prototype.valueOf.call(object) : undefined;
}

/** Returns an object's enumerable keys. */
function keysOf(object: object): (string | symbol)[] {
  const symbols = Object.getOwnPropertySymbols(object);
  return [...Object.keys(object), ...symbols.filter((key) => Object.getOwnPropertyDescriptor(object, key)?.enumerable)];
}

/** Returns the first index from `from` on at which an array has an item; its length if there is none. */
function nextIndex(array: readonly unknown[], from: number): number {
  const near = Math.min(array.length, from + 1000);
  for (let i = from; i < near; i++) if (Object.hasOwn(array, i)) return i;
  // The holes may be billions, and the keys come in order.
  return near === array.length
    ? near
    : (Object.keys(array)
        .map(Number)
        .find((i) => i >= near) ?? array.length);
}

function titleOf(object: object): string {
  const name = className(object);
  const { tag } = tagOf(object);
  if (name === undefined) return `[${tag || 'Object'}: null prototype]`;
  return tag === '' || tag === name ? name : `${name || 'Object'} [${tag}]`;
}
