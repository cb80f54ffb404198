/** Header fields as Node tells them: `rawHeaders` as they came, and `headers` by their lower-case names. */
import type { HeaderField } from '../../../protocol/wire/handshake.ts';

/** Fields by their lower-case names. Only `set-cookie` is a list. */
export type Headers = Record<string, string | string[] | undefined>;

/** Fields of which Node keeps the first alone. */
const single = new Set(
  (
    'age authorization content-length content-type etag expires from host if-modified-since if-unmodified-since last-modified ' +
    'location max-forwards proxy-authorization referer retry-after server user-agent'
  ).split(' '),
);

/** Returns names and values in turns. */
export function rawHeaders(fields: readonly HeaderField[]): string[] {
  return fields.flatMap(({ name, value }) => [name, value]);
}

/** Returns the fields with those of one name joined as Node joins them. */
export function headersOf(fields: readonly HeaderField[]): Headers {
  const headers: Headers = {};
  for (const field of fields) {
    const name = field.name.toLowerCase();
    const before = headers[name];
    if (name === 'set-cookie') headers[name] = [...(Array.isArray(before) ? before : []), field.value];
    else if (before === undefined) headers[name] = field.value;
    else if (!single.has(name)) headers[name] = `${String(before)}${name === 'cookie' ? '; ' : ', '}${field.value}`;
  }
  return headers;
}

/** True where a field that lists tokens has this one. */
export function lists(value: string | string[] | undefined, token: string): boolean {
  return String(value ?? '')
    .toLowerCase()
    .split(',')
    .some((part) => part.trim() === token);
}
