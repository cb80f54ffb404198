/** Decides which traces are compared, and what they are called. */
import type { NamedTrace } from '../../protocol/trace/joined-traces.ts';

/** More would not fit into one readable table. */
export const mostCompared = 5;

/** The traces compared now, and the names of those for which there was no room. */
export interface Compared<One extends NamedTrace> {
  traces: One[];
  leftOut: string[];
}

/** Returns a name for a trace, from its file name or its address: `/trace/1-4-full-duplex/crossing.json` is `crossing`. */
export function nameOf(file: string): string {
  return (
    file
      .split('/')
      .at(-1)
      ?.replace(/\.json$/i, '') || file
  );
}

/** Adds traces. Each gets a unique name: the second `crossing` is `crossing (2)`. */
export function addTraces<One extends NamedTrace>(present: readonly One[], added: readonly One[]): Compared<One> {
  const traces = [...present];
  const leftOut: string[] = [];
  for (const one of added) {
    const { name } = one;
    if (traces.length >= mostCompared) {
      leftOut.push(name);
      continue;
    }
    const isTaken = (wanted: string): boolean => traces.some((other) => other.name === wanted);
    let own = name;
    for (let count = 2; isTaken(own); count++) own = `${name} (${count})`;
    traces.push({ ...one, name: own });
  }
  return { traces, leftOut };
}
