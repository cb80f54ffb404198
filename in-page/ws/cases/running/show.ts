/** Values as lines of a transcript have them. */
const hex = (bytes: Uint8Array): string => {
  const all = [...bytes].map((byte) => byte.toString(16).padStart(2, '0'));
  return all.length > 40 ? `${all.slice(0, 8).join(' ')} … ${bytes.length} bytes` : all.join(' ');
};

const kindOf = (value: object): string => {
  if ('_isBuffer' in value || value.constructor.name === 'Buffer') return 'Buffer';
  return value.constructor.name;
};

/** Returns a value as text that does not depend on the port, the machine or the library that made it. */
export function show(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof Error) {
    const { code } = value as { code?: unknown };
    return `${value.name}${code === undefined ? '' : ` ${String(code)}`}: ${value.message}`;
  }
  if (value instanceof ArrayBuffer) return `ArrayBuffer(${hex(new Uint8Array(value))})`;
  if (value instanceof Uint8Array) return `${kindOf(value) === 'FastBuffer' ? 'Buffer' : kindOf(value)}(${hex(value)})`;
  if (value instanceof Blob) return `Blob(${value.size})`;
  if (Array.isArray(value)) return `[${value.map(show).join(', ')}]`;
  if (value instanceof Set) return `Set{${[...value].map(show).join(', ')}}`;
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}

/** Returns a line of a transcript. */
export const line = (words: readonly unknown[], port: number): string =>
  words
    .map(show)
    .join(' ')
    .replaceAll(port === 0 ? 'no port yet' : String(port), 'PORT')
    .replace(/Date: [^\r\n]*/g, 'Date: …');
