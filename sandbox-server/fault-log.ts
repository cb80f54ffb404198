import { type Failed, isOutOfDescriptors } from './fault-boundary.ts';
import type { Timers } from './endpoints/endpoint.ts';

/** How many kinds of faults to tell apart at a time, and how many stack frames and characters of a fault to write. */
const most = { kinds: 10, frames: 8, characters: 500 };
/** How long to count repetitions before a line says how many there were, in ms: at first, and at most. */
const stretch = { first: 1000, longest: 60_000 };

/** Timers that do not keep a process from ending. */
const idleTimers: Timers = {
  now: () => Date.now(),
  after(ms, callback) {
    const timeout = setTimeout(callback, ms).unref();
    return () => clearTimeout(timeout);
  },
};

/**
 * Writes faults to a log, in lines worth reading and never so many that they fill a disk. It writes a fault at once, with its
 * stack, then counts repetitions and reports them after a second; while the fault goes on, after two, four and so on up to a
 * minute.
 */
export function createFaultLog(
  write: (text: string) => void = (text) => console.error(text),
  timers: Timers = idleTimers,
): Failed {
  /** How often each fault came in this stretch of time; 0 for one that came in the previous stretch. */
  let counts = new Map<string, number>();
  let others = 0;
  let length = 0;

  const told = (text: string): void => {
    try {
      write(`${new Date(timers.now()).toISOString()} ${text}`);
    } catch {
      // The line is lost. To stop counting would lose all that come after it, too.
    }
  };

  const sum = (): void => {
    const again = [...counts].filter(([, count]) => count > 0);
    for (const [kind, count] of again) told(`${times(count)} more in ${length / 1000} s: ${kind}`);
    if (others > 0) told(`${times(others)} more in ${length / 1000} s: faults of other kinds`);
    if (again.length + others === 0) {
      counts.clear();
      length = 0;
      return;
    }
    counts = new Map(again.map(([kind]) => [kind, 0]));
    others = 0;
    wait(Math.min(length * 2, stretch.longest));
  };
  const wait = (ms: number): void => {
    length = ms;
    timers.after(ms, sum);
  };

  return (error) => {
    const kind = headOf(error);
    const count = counts.get(kind);
    if (count !== undefined) counts.set(kind, count + 1);
    else if (counts.size >= most.kinds) others++;
    else {
      counts.set(kind, 0);
      told([kind, ...framesOf(error)].join('\n'));
    }
    if (length === 0) wait(stretch.first);
  };
}

const times = (count: number): string => (count === 1 ? 'Once' : `${count} times`);

/** Returns the fault in one line: it may contain what a client sent, which must not look like lines of ours. */
function headOf(error: unknown): string {
  // Leave out its message: that names the file or socket, and there are many of those.
  if (isOutOfDescriptors(error)) return 'No descriptor left for another file or socket (EMFILE): see ulimit -n.';
  const text = error instanceof Error ? `${error.name}: ${error.message}` : `Thrown: ${String(error)}`;
  const escaped = (character: string): string => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
  return text.slice(0, most.characters).replace(/[\x00-\x1f\x7f-\x9f]/g, escaped);
}

function framesOf(error: unknown): string[] {
  if (isOutOfDescriptors(error)) return [];
  const lines = error instanceof Error ? (error.stack?.split('\n') ?? []) : [];
  return lines.filter((line) => /^ +at /.test(line)).slice(0, most.frames);
}
