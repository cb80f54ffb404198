import { examples, isExercise, recordedTrace, wrongAttempts } from '../../scripts/record/examples.ts';

/** How long it takes to run an example as often as the tests do, ms: what its recorded run took, for each program. */
const timeOf = (example: string): number =>
  Math.max(0, ...(recordedTrace(example)?.events ?? []).map(({ time }) => time)) *
  (isExercise(example) ? 2 + wrongAttempts(example).length : 1);

/** All examples, the longest first: begun last, they would be waited for alone. */
export const longestFirst = (): string[] => examples().sort((a, b) => timeOf(b) - timeOf(a));
