/** Node's `util.format`: printf for what a program logs (Node's documentation, "util.format"). */
import { inspect } from './inspect.ts';

export function format(...values: unknown[]): string {
  const [first, ...rest] = values;
  if (typeof first !== 'string') return values.map(plain).join(' ');
  const text = first.replace(/%[sdifjoOc%]/g, (directive) => {
    if (directive === '%%') return rest.length === values.length - 1 && values.length === 1 ? '%%' : '%';
    if (rest.length === 0) return directive;
    return formatOne(directive, rest.shift());
  });
  return [text, ...rest.map(plain)].join(' ');
}

/** Shows strings as they are, and all else as `inspect` does. */
const plain = (value: unknown): string => (typeof value === 'string' ? value : inspect(value));

function formatOne(directive: string, value: unknown): string {
  switch (directive) {
    case '%s':
      return textOf(value);
    case '%d':
      return numberOf(value, Number);
    case '%i':
      return numberOf(value, (of) => parseInt(String(of), 10));
    case '%f':
      return typeof value === 'symbol' ? 'NaN' : String(parseFloat(String(value)));
    case '%j':
      return jsonOf(value);
    case '%o':
      return inspect(value, { showHidden: true, depth: 4 });
    case '%O':
      return inspect(value);
    // A style of browsers' consoles; Node leaves it out.
    default:
      return '';
  }
}

function textOf(value: unknown): string {
  if (typeof value === 'bigint' || Object.is(value, -0)) return inspect(value);
  if (typeof value !== 'object' || value === null) return String(value);
  const own = (value as { toString?: unknown }).toString;
  // An object whose class says itself what its text is, is shown by that; and an error, which has no stack here.
  const isOwn = typeof own === 'function' && !Function.prototype.toString.call(own).includes('[native code]');
  return isOwn || value instanceof Error ? String(value) : inspect(value, { depth: 0 });
}

function numberOf(value: unknown, toNumber: (value: unknown) => number): string {
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'symbol') return 'NaN';
  return inspect(typeof value === 'object' ? Number.NaN : toNumber(value));
}

function jsonOf(value: unknown): string {
  try {
    return String(JSON.stringify(value));
  } catch (error) {
    if (/circular|cyclic/i.test(String(error))) return '[Circular]';
    throw error;
  }
}
