/**
 * Returns the error of a run that ended before it came to rest, so that the caller runs it again, as a reader would: on a busy
 * machine a session may take longer than the 3 s that the page waits for it. Throws any other error.
 */
export function endedEarly(thrown: unknown): Error {
  if (thrown instanceof Error && thrown.message.includes('The run ended before it had come to rest')) return thrown;
  throw thrown;
}
