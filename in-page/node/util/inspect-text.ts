/** How Node writes strings, other primitive values and names of properties. */

const escapes: Record<string, string> = { '\b': '\\b', '\t': '\\t', '\n': '\\n', '\f': '\\f', '\r': '\\r', '\\': '\\\\' };

/** Returns a string in quotes: single ones, unless it contains them and no double ones, or no backticks. */
export function quoted(text: string): string {
  const quote = !text.includes("'") ? "'" : !text.includes('"') ? '"' : !text.includes('`') && !text.includes('${') ? '`' : "'";

  const escaped = text.replace(
    /[\x00-\x1f\x7f-\x9f\\]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
    (char) => {
      const code = char.charCodeAt(0);
      return (
        escapes[char] ?? (code > 0xff ? `\\u${code.toString(16)}` : `\\x${code.toString(16).toUpperCase().padStart(2, '0')}`)
      );
    },
  );
  return `${quote}${quote === "'" ? escaped.replaceAll("'", "\\'") : escaped}${quote}`;
}

export function primitiveText(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'bigint') return `${value}n`;
  return Object.is(value, -0) ? '-0' : String(value);
}

/** Returns a property's name, in quotes where it is no identifier. */
export function keyText(key: PropertyKey): string {
  if (typeof key === 'symbol') return `Symbol(${key.description ?? ''})`;
  const name = String(key);
  return /^[a-zA-Z_][a-zA-Z_0-9]*$/.test(name) ? name : quoted(name);
}
