import type { Trace } from '../../protocol/trace/trace.ts';

/** Returns a trace as text with one line per event, so that a diff is readable. */
export function traceText({ events, ...rest }: Trace): string {
  const head = JSON.stringify(rest, null, 2).replace(/\n}$/, ',\n  "events": [\n');
  return `${head}${events.map((event) => `    ${JSON.stringify(event)}`).join(',\n')}\n  ]\n}\n`;
}
