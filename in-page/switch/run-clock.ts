/** Says when the moments of a run come: as fast as can be, at their true distance, or slowed. */
export interface RunClock {
  /** Resolves, or returns, when the run may go on to `time`, ms of the run. */
  until(time: number): Promise<void> | void;
}

/** A clock under which a run takes no longer than its programs compute. */
export const asFastAsCanBe: RunClock = { until: () => undefined };

/** Time as the machine has it, handed in for tests. */
export interface WallTime {
  /** ms */
  now(): number;
  after(ms: number, callback: () => void): void;
}

/** Returns a clock under which the run's time goes `slowness` times as slowly as the machine's: 1 is real time. */
export function paced(wall: WallTime, slowness = 1): RunClock {
  const began = wall.now();
  return {
    until(time) {
      const wait = began + time * slowness - wall.now();
      return wait > 0 ? new Promise((resolve) => wall.after(wait, resolve)) : undefined;
    },
  };
}
