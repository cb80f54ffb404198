/**
 * Makes up to three attempts until one is right, and returns the last result. A machine that stalls for half a second can swap
 * what comes first and what comes second, but a lesson that has rotted is never right.
 */
export async function upToThree<Result>(attempt: () => Promise<Result>, isRight: (result: Result) => boolean): Promise<Result> {
  let result = await attempt();
  for (let made = 1; made < 3 && !isRight(result); made++) result = await attempt();
  return result;
}

/** Returns true if a run does not differ from its recorded trace. */
export const isNone = (differences: readonly string[]): boolean => differences.length === 0;
