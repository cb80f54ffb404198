/** Whose runs are shown beside each other, and whether they did the same job. */
import type { Job } from './job.ts';

/** What a run was given to do. */
export interface Settings extends Job {
  /** One way, ms. */
  latency: number;
}

/** A way of doing the job, as it is shown. */
export interface ShownRun {
  name: string;
  /** False for the recorded one. */
  isOwn: boolean;
  settings: Settings;
}

const isSame = (one: Settings, other: Settings): boolean =>
  one.every === other.every && one.updates === other.updates && one.latency === other.latency;

/** Says of what is shown whose it is, and where the numbers that are set now are others than it had. */
export function shownWords(runs: readonly ShownRun[], now: Settings): string {
  const own = runs.filter((run) => run.isOwn).map(({ name }) => name);
  const whose =
    own.length === 0
      ? 'Recorded runs.'
      : own.length === runs.length
        ? 'These are your runs.'
        : `Your ${own.length === 1 ? 'run' : 'runs'}: ${own.join(', ')}. The others are recorded runs.`;
  const [first] = runs;
  if (first && runs.some(({ settings }) => !isSame(settings, first.settings)))
    return `${whose} They did not do the same job, so their figures cannot be compared: run all.`;
  if (first && !isSame(first.settings, now)) return `${whose} They had other numbers than those that are set: run all.`;
  return own.length === 0 ? `${whose} Set the job, and run it yourself.` : whose;
}
