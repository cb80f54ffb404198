/** Bounds what a browser may take, so that one that hangs fails a test in words and costs no more than that. */

/** Thrown when something took too long. */
export class TooLate extends Error {
  override name = 'TooLate';
}

/** Resolves or rejects as `work` does, or rejects with a TooLate after `ms`; `doing` says what was going on then. */
export async function inTime<Result>(ms: number, work: Promise<Result>, doing: () => string): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TooLate(`Not done after ${ms / 1000} s: ${doing()}`)), ms);
  });
  // What comes of it later is nobody's concern any more.
  work.catch(() => undefined);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
