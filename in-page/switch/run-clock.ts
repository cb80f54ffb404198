/** Says when the moments of a run come: as fast as can be, or as a clock handed in lets them. */
export interface RunClock {
  /** Resolves, or returns, when the run may go on to `time`, ms of the run. */
  until(time: number): Promise<void> | void;
}

/** A clock under which a run takes no longer than its programs compute. */
export const asFastAsCanBe: RunClock = { until: () => undefined };
