/** The arguments of a console call as one text (Console Standard §2.2, Formatter). */
import { inspect, inspectQuoted } from './inspect.ts';
import { cut, inspectLimits } from './inspect-text.ts';

/** Fills in `%s`, `%d`, `%i`, `%f`, `%o`, `%O` and `%%` of the first argument, and drops `%c`. Appends the other arguments. */
export function formatArguments(args: readonly unknown[]): string {
  const rest = [...args];
  const parts: string[] = [];
  if (typeof rest[0] === 'string' && rest.length > 1) {
    const template = rest.shift() as string;
    parts.push(
      template.replace(/%[sdifoOc%]/g, (mark) => {
        if (mark === '%%') return '%';
        return rest.length === 0 ? mark : filledIn(mark, rest.shift());
      }),
    );
  }
  return cut([...parts, ...rest.map((value) => inspect(value))].join(' '), inspectLimits.total);
}

function filledIn(mark: string, value: unknown): string {
  if (mark === '%c') return '';
  if (mark === '%o' || mark === '%O') return inspectQuoted(value);
  if (mark === '%s') return textOf(value) ?? inspect(value);
  const text = typeof value === 'symbol' ? undefined : textOf(value);
  if (text === undefined) return 'NaN';
  return String(mark === '%f' ? Number.parseFloat(text) : Number.parseInt(text, 10));
}

/** Returns a value as a text, as `String` does; undefined if that throws. */
function textOf(value: unknown): string | undefined {
  try {
    return String(value);
  } catch {
    return undefined;
  }
}
