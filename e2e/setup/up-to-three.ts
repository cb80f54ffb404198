/**
 * Makes an attempt up to three times, until it is right, and returns the last. On a machine that stalls for half a second, what should come
 * first comes second; a lesson that has rotted is never right.
 */
export async function upToThree<Result>(attempt: () => Promise<Result>, isRight: (result: Result) => boolean): Promise<Result> {
  let result = await attempt();
  for (let made = 1; made < 3 && !isRight(result); made++) result = await attempt();
  return result;
}

/** True for a run that does not differ from its recorded trace. */
export const isNone = (differences: readonly string[]): boolean => differences.length === 0;
