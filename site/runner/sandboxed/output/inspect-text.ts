/** The texts that shown values are made of, and how long they may be. */

/** Levels of objects in objects, entries of each, and characters of a text in an object and of all together. */
export const inspectLimits = { depth: 3, mostDepth: 100, entries: 50, text: 200, total: 4000 };

export const cut = (text: string, length: number): string =>
  text.length > length ? `${text.slice(0, length)}… (${text.length - length} more characters)` : text;

export const quote = (text: string): string =>
  `'${cut(text, inspectLimits.text).replace(/[\\'\n\r\t]/g, (c) => ({ '\n': '\\n', '\r': '\\r', '\t': '\\t' })[c] ?? `\\${c}`)}'`;

/** Returns the key of a property as a literal has it. */
export function keyText(key: string | symbol): string {
  if (typeof key === 'symbol') return `[${String(key)}]`;
  return /^[\w$]+$/.test(key) ? key : quote(key);
}

export const inBrackets = (items: readonly string[]): string => `[${surround(items)}]`;
export const inBraces = (name: string, items: readonly string[]): string => `${name ? `${name} ` : ''}{${surround(items)}}`;
const surround = (items: readonly string[]): string => (items.length > 0 ? ` ${items.join(', ')} ` : '');

/** Returns an ArrayBuffer with its first bytes in hexadecimal digits. */
export function bufferText(name: string, buffer: ArrayBufferLike): string {
  const { entries } = inspectLimits;
  const { length } = new Uint8Array(buffer);
  const shown = Array.from(new Uint8Array(buffer, 0, Math.min(length, entries)), (byte) => byte.toString(16).padStart(2, '0'));
  const bytes = length > 0 ? [`${shown.join(' ')}${length > entries ? ' …' : ''}`] : [];
  return inBraces(name, [...bytes, `byteLength: ${length}`]);
}
