import type { Trace } from '../../protocol/trace/trace.ts';

/** A trace as text with a line for each event, so that a change can be read. */
export function traceText({ events, ...rest }: Trace): string {
  const head = JSON.stringify(rest, null, 2).replace(/\n}$/, ',\n  "events": [\n');
  return `${head}${events.map((event) => `    ${JSON.stringify(event)}`).join(',\n')}\n  ]\n}\n`;
}
