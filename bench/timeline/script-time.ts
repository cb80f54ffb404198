/**
 * How long scripts ran in each animation frame: the processor's time of the page's thread, so that what else the machine does
 * meanwhile does not count. Read from a trace of the browser's own (Chrome's trace event format).
 */

interface BrowserEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  /** Microseconds. */
  ts: number;
  dur?: number;
  /** The same in the thread's own time. */
  tts?: number;
  tdur?: number;
}

/** What runs scripts, from outermost to innermost; what is within another is counted once. */
const scripts = new Set(['FireAnimationFrame', 'EventDispatch', 'TimerFire', 'FunctionCall', 'RunMicrotasks', 'EvaluateScript']);

/** The page's thread's tasks that took so many milliseconds of its processor's time and more. */
export function tasksOf(json: string, least: number): number[] {
  const { traceEvents } = JSON.parse(json) as { traceEvents: BrowserEvent[] };
  const thread = busiest(traceEvents.filter(({ name }) => name === 'FireAnimationFrame'));
  return traceEvents
    .filter(({ name, ph, pid, tid }) => ph === 'X' && name.endsWith('RunTask') && `${pid} ${tid}` === thread)
    .map(({ dur = 0, tdur = dur }) => tdur / 1000)
    .filter((took) => took >= least);
}

/** Of each animation frame in which the page's script was called for one, the script from that frame to the next, ms. */
export function framesOf(json: string): number[] {
  const { traceEvents } = JSON.parse(json) as { traceEvents: BrowserEvent[] };
  const calls = traceEvents.filter(({ name, ph, dur }) => ph === 'X' && dur !== undefined && scripts.has(name));
  const thread = busiest(calls.filter(({ name }) => name === 'FireAnimationFrame'));
  const own = calls.filter(({ pid, tid }) => `${pid} ${tid}` === thread);
  own.sort((a, b) => a.ts - b.ts);
  const frames: number[] = [];
  let reached = 0;
  for (const { name, ts, dur = 0, tdur = dur } of own) {
    // Within one that was counted.
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

/** The value that `part` of the others (0 to 1) do not exceed; NaN of none. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(part * sorted.length) - 1)] ?? NaN;
}
