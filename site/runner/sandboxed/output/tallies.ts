/** The counts and timers of a console, by label (Console Standard §1.2 and §1.4). */
import { OwnMap } from '../natives.ts';

/** What a call prints; `warn` where a label is not known, or is known already. */
export interface Tally {
  level: 'log' | 'warn';
  text: string;
}

const log = (text: string): Tally => ({ level: 'log', text });
const warn = (text: string): Tally => ({ level: 'warn', text });

/** `now` is what timers measure by, ms. */
export function createTallies(now: () => number) {
  const counts = new OwnMap<string, number>();
  const timers = new OwnMap<string, number>();
  const elapsed = (label: string): Tally => {
    const start = timers.get(label);
    return start === undefined ? warn(`Timer '${label}' does not exist`) : log(`${label}: ${(now() - start).toFixed(3)} ms`);
  };

  return {
    count(label: string): Tally {
      const count = (counts.get(label) ?? 0) + 1;
      counts.set(label, count);
      return log(`${label}: ${count}`);
    },
    countReset(label: string): Tally | undefined {
      if (counts.get(label) === undefined) return warn(`Count for '${label}' does not exist`);
      counts.set(label, 0);
      return undefined;
    },
    time(label: string): Tally | undefined {
      if (timers.get(label) !== undefined) return warn(`Timer '${label}' already exists`);
      timers.set(label, now());
      return undefined;
    },
    timeLog: elapsed,
    timeEnd(label: string): Tally {
      const tally = elapsed(label);
      timers.delete(label);
      return tally;
    },
  };
}
