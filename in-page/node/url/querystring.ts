/** Node's module `querystring`: fields of a form or of a query. A name that comes more than once has a list. */

type Fields = Record<string, string | string[]>;

function parse(text: string): Fields {
  const fields = Object.create(null) as Fields;
  for (const [name, value] of new URLSearchParams(`&${text}`)) {
    const before = fields[name];
    fields[name] = before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value];
  }
  return fields;
}

function stringify(fields: Readonly<Record<string, unknown>>): string {
  return Object.entries(fields)
    .flatMap(([name, value]) => (Array.isArray(value) ? value : [value]).map((one) => `${escape(name)}=${escape(textOf(one))}`))
    .join('&');
}

const textOf = (value: unknown): string =>
  ['string', 'number', 'boolean', 'bigint'].includes(typeof value) ? String(value) : '';

const escape = (text: string): string => encodeURIComponent(text);
const unescape = (text: string): string => decodeURIComponent(text);

export const querystring = { parse, stringify, escape, unescape, decode: parse, encode: stringify };
