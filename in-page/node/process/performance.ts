/** `performance` on the run's clock. */
import type { NodeParts } from '../node-parts.ts';

interface Entry {
  name: string;
  entryType: 'mark' | 'measure';
  /** ms of the run, as `duration`. */
  startTime: number;
  duration: number;
}

export interface RunPerformance {
  /** Returns ms since the run began. */
  now: () => number;
  /** When the run began, ms since 1970. */
  readonly timeOrigin: number;
  mark: (name: string) => Entry;
  measure: (name: string, from?: string, to?: string) => Entry;
  getEntriesByName: (name: string) => Entry[];
  toJSON: () => object;
}

export function createPerformance({ clock, epoch = 0 }: NodeParts): RunPerformance {
  const entries: Entry[] = [];
  const add = (entry: Entry): Entry => {
    entries.push(entry);
    return entry;
  };
  const timeOf = (mark: string): number => {
    const found = entries.findLast(({ name, entryType }) => name === mark && entryType === 'mark');
    if (!found) throw new DOMException(`The "${mark}" performance mark has not been set`, 'SyntaxError');
    return found.startTime;
  };
  return {
    now: () => clock.read(),
    timeOrigin: epoch,
    mark: (name) => add({ name, entryType: 'mark', startTime: clock.read(), duration: 0 }),
    measure: (name, from, to) => {
      const startTime = from === undefined ? 0 : timeOf(from);
      const end = to === undefined ? clock.read() : timeOf(to);
      return add({ name, entryType: 'measure', startTime, duration: end - startTime });
    },
    getEntriesByName: (name) => entries.filter((entry) => entry.name === name),
    toJSON: () => ({ timeOrigin: epoch }),
  };
}
