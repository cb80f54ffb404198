/** Words for whose runs are shown side by side, and whether they did the same job. */
import type { Job } from './job.ts';

/** The settings of a run. */
export interface Settings extends Job {
  /** One-way latency, ms. */
  latency: number;
}

/** A run as it is shown. */
export interface ShownRun {
  name: string;
  /** False for the recorded run. */
  isOwn: boolean;
  settings: Settings;
}

const isSame = (one: Settings, other: Settings): boolean =>
  one.every === other.every && one.updates === other.updates && one.latency === other.latency;

/** Says whose runs are shown, and whether their numbers differ from each other or from those set now. */
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
  if (first && !isSame(first.settings, now)) return `${whose} They ran with numbers other than those set now: run all.`;
  return own.length === 0 ? `${whose} Set the job, and run it yourself.` : whose;
}
