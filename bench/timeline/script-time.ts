/**
 * Computes how long scripts ran in each animation frame, from the browser's own trace (Chrome's trace event format). Counts the
 * CPU time of the page's thread, so that other load on the machine does not count.
 */

interface BrowserEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  /** Microseconds. */
  ts: number;
  dur?: number;
  /** `ts` and `dur` in the thread's CPU time. */
  tts?: number;
  tdur?: number;
}

/** Events that run scripts, from outermost to innermost; one inside another is counted once. */
const scripts = new Set(['FireAnimationFrame', 'EventDispatch', 'TimerFire', 'FunctionCall', 'RunMicrotasks', 'EvaluateScript']);

/** Returns the CPU time, in ms, of each task of the page's thread that took at least `least` ms of it. */
export function tasksOf(json: string, least: number): number[] {
  const { traceEvents } = JSON.parse(json) as { traceEvents: BrowserEvent[] };
  const thread = busiest(traceEvents.filter(({ name }) => name === 'FireAnimationFrame'));
  return traceEvents
    .filter(({ name, ph, pid, tid }) => ph === 'X' && name.endsWith('RunTask') && `${pid} ${tid}` === thread)
    .map(({ dur = 0, tdur = dur }) => tdur / 1000)
    .filter((took) => took >= least);
}

/** Returns the script time from each animation frame that called the page's script to the next such frame, in ms. */
export function framesOf(json: string): number[] {
  const { traceEvents } = JSON.parse(json) as { traceEvents: BrowserEvent[] };
  const calls = traceEvents.filter(({ name, ph, dur }) => ph === 'X' && dur !== undefined && scripts.has(name));
  const thread = busiest(calls.filter(({ name }) => name === 'FireAnimationFrame'));
  const own = calls.filter(({ pid, tid }) => `${pid} ${tid}` === thread);
  own.sort((a, b) => a.ts - b.ts);
  const frames: number[] = [];
  let reached = 0;
  for (const { name, ts, dur = 0, tdur = dur } of own) {
    // Skip an event inside one that was already counted.
    if (ts < reached) continue;
    reached = ts + dur;
    if (name === 'FireAnimationFrame') frames.push(0);
    if (frames.length > 0) frames[frames.length - 1] = (frames.at(-1) ?? 0) + tdur / 1000;
  }
  return frames;
}

function busiest(calls: readonly BrowserEvent[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { pid, tid } of calls) counts.set(`${pid} ${tid}`, (counts.get(`${pid} ${tid}`) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}

/** Returns the value that `part` of all values (0 to 1) do not exceed, or NaN if there are none. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(part * sorted.length) - 1)] ?? NaN;
}
