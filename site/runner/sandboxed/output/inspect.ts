/** Shows values as text for the console: compact, with limited depth, width and length. Never calls the reader's getters. */

/** Characters used for the current value. Once the line is full, further entries are dropped at every depth. */
let spent = 0;

const limits = { depth: 3, entries: 50, text: 200, total: 4000 };

/** Returns a value as `console.log` shows it: a string as it is, everything else inspected. */
export function inspect(value: unknown): string {
  if (typeof value === 'string') return cut(value, limits.total);
  spent = 0;
  try {
    return cut(show(value, 0, []), limits.total);
  } catch {
    return '[cannot be shown: reading it throws]';
  }
}

/**
 * Returns the arguments of a console call as one line, with `%s`, `%d`, `%i`, `%f`, `%o`, `%O`, `%j` and `%%` filled in; drops
 * `%c`.
 */
export function formatArguments(args: readonly unknown[]): string {
  const rest = [...args];
  const parts: string[] = [];
  if (typeof rest[0] === 'string' && rest.length > 1) {
    const template = rest.shift() as string;
    parts.push(
      template.replace(/%[sdifoOjc%]/g, (mark) => {
        if (mark === '%%') return '%';
        if (rest.length === 0) return mark;
        const value = rest.shift();
        if (mark === '%c') return '';
        if (mark === '%s' || typeof value === 'bigint') return inspect(value);
        if (mark === '%d' || mark === '%f') return String(typeof value === 'symbol' ? NaN : Number(value));
        if (mark === '%i') return String(typeof value === 'symbol' ? NaN : Math.trunc(Number(value)));
        return typeof value === 'string' ? quote(value) : inspect(value);
      }),
    );
  }
  return cut([...parts, ...rest.map(inspect)].join(' '), limits.total);
}

const cut = (text: string, length: number): string =>
  text.length > length ? `${text.slice(0, length)}… (${text.length - length} more characters)` : text;

const quote = (text: string): string =>
  `'${cut(text, limits.text).replace(/[\\'\n\r\t]/g, (c) => ({ '\n': '\\n', '\r': '\\r', '\t': '\\t' })[c] ?? `\\${c}`)}'`;

function show(value: unknown, depth: number, above: readonly object[]): string {
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'function')
    return /^class\b/.test(Function.prototype.toString.call(value))
      ? `[class ${value.name}]`
      : `[Function ${value.name || '(anonymous)'}]`;
  if (Object.is(value, -0)) return '-0';
  if (typeof value !== 'object' || value === null) return String(value);
  if (above.includes(value)) return '[circular]';
  return showObject(value, depth, [...above, value]);
}

function showObject(value: object, depth: number, above: readonly object[]): string {
  const inner = (of: unknown): string => show(of, depth + 1, above);
  const list = <Item>(items: Iterable<Item>, size: number, item: (of: Item) => string): string[] => {
    const shown: string[] = [];
    for (const of of items) {
      if (shown.length === limits.entries || spent > limits.total) break;
      const text = item(of);
      spent += text.length;
      shown.push(text);
    }
    if (size > shown.length) shown.push(`… ${size - shown.length} more`);
    return shown;
  };
  const name = nameOf(value);
  const isDeep = depth >= limits.depth;
  if (Array.isArray(value))
    return isDeep && value.length > 0 ? `[Array(${value.length})]` : `[${surround(list(value, value.length, inner))}]`;
  if (value instanceof Error) return showError(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
  if (value instanceof RegExp) return String(value);
  if (value instanceof ArrayBuffer) return `ArrayBuffer { ${hex(new Uint8Array(value))}byteLength: ${value.byteLength} }`;
  if (value instanceof DataView) return `DataView { byteLength: ${value.byteLength}, byteOffset: ${value.byteOffset} }`;
  if (ArrayBuffer.isView(value)) {
    const items = value as unknown as ArrayLike<number> & Iterable<number>;
    return `${name}(${items.length}) [${surround(list(items, items.length, inner))}]`;
  }
  if (isDeep) return `[${name || 'Object'}]`;
  if (value instanceof Map)
    return braces(
      `Map(${value.size})`,
      list(value, value.size, ([key, of]) => `${inner(key)} => ${inner(of)}`),
    );
  if (value instanceof Set) return braces(`Set(${value.size})`, list(value, value.size, inner));
  const native = nativeFields[Object.prototype.toString.call(value).slice(8, -1)];
  if (native)
    return braces(
      name,
      native.map((key) => `${key}: ${inner(Reflect.get(value, key))}`),
    );
  const keys = Object.keys(value);
  const entries = list(keys, keys.length, (key) => {
    const { get, set, value: of } = Object.getOwnPropertyDescriptor(value, key) ?? {};
    const label = /^[\w$]+$/.test(key) ? key : quote(key);
    return `${label}: ${get ? '[Getter]' : set ? '[Setter]' : inner(of)}`;
  });
  return braces(name === 'Object' ? '' : name, entries);
}

/** The attributes worth showing of the browser's own objects, which have them as getters on their prototypes. */
const nativeFields: Record<string, string[]> = {
  MessageEvent: ['type', 'data'],
  CloseEvent: ['type', 'code', 'reason', 'wasClean'],
  ErrorEvent: ['type', 'message'],
  Event: ['type'],
  WebSocket: ['url', 'readyState', 'protocol'],
  Blob: ['size', 'type'],
  File: ['name', 'size', 'type'],
  URL: ['href'],
};

const surround = (items: readonly string[]): string => (items.length > 0 ? ` ${items.join(', ')} ` : '');
const braces = (name: string, items: readonly string[]): string => `${name ? `${name} ` : ''}{${surround(items)}}`;

function nameOf(value: object): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === null) return '[Object: null prototype]';
  const make = Object.getOwnPropertyDescriptor(prototype, 'constructor')?.value as unknown;
  return typeof make === 'function' ? make.name : '';
}

function hex(bytes: Uint8Array): string {
  const shown = Array.from(bytes.subarray(0, limits.entries), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
  return bytes.length > 0 ? `${shown}${bytes.length > limits.entries ? ' …' : ''}, ` : '';
}

/** Returns the error's name and message, and its cause if it has one. */
function showError(error: Error): string {
  const title = error.message ? `${error.name}: ${error.message}` : error.name;
  return `${title}${error.cause === undefined ? '' : ` (cause: ${inspect(error.cause)})`}`;
}
