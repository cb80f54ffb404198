import { examples, isExercise, recordedTrace, wrongAttempts } from '../../scripts/record/examples.ts';

/** Estimates how long the tests run an example, ms: the time of its recorded run, once for each program. */
const timeOf = (example: string): number =>
  Math.max(0, ...(recordedTrace(example)?.events ?? []).map(({ time }) => time)) *
  (isExercise(example) ? 2 + wrongAttempts(example).length : 1);

/** Returns all examples, the longest first: if they began last, the tests would wait for them alone. */
export const longestFirst = (): string[] => examples().sort((a, b) => timeOf(b) - timeOf(a));
