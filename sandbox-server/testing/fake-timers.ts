import type { CountedTimers } from '../timers.ts';

/** Timers whose time moves only when the test says so. */
export interface FakeTimers extends CountedTimers {
  /** Lets `ms` milliseconds pass, and fires what is due in order of time. */
  pass(ms: number): void;
}

export function createFakeTimers(start = 0): FakeTimers {
  let now = start;
  const waiting = new Set<{ at: number; callback: () => void }>();
  return {
    now: () => now,
    get waiting() {
      return waiting.size;
    },
    after(ms, callback) {
      if (ms === Infinity) return () => undefined;
      const timer = { at: now + Math.max(0, ms), callback };
      waiting.add(timer);
      return () => waiting.delete(timer);
    },
    pass(ms) {
      const end = now + ms;
      for (;;) {
        const next = [...waiting].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
        if (!next) break;
        waiting.delete(next);
        now = Math.max(now, next.at);
        next.callback();
      }
      now = end;
    },
  };
}
