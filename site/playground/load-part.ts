/** Loads parts of the page on demand, and says what is wrong when one does not load. */
import { wordsOf } from './faults.ts';

/** Thrown when a part does not load. Its message says what is wrong and what to do. */
export class PartError extends Error {
  override name = 'PartError';
}

/** How long the server may take to show that it is up, ms. */
const patience = 800;

/** Loads a part. `what` is its name at the start of a sentence; `unreachable` says what to do when the server does not answer. */
export async function loadPart<Part>(what: string, load: () => Promise<Part>, unreachable: string): Promise<Part> {
  try {
    return await load();
  } catch (problem) {
    const isThere = await answers();
    throw new PartError(
      isThere
        ? `${what} did not load (${wordsOf(problem)}). The server answers, so either this page comes from an older build or the part is broken: reload the page.`
        : unreachable,
      { cause: problem },
    );
  }
}

/** Returns whether the server that this page came from answers. */
async function answers(): Promise<boolean> {
  try {
    await fetch(location.href, { method: 'HEAD', cache: 'no-store', signal: AbortSignal.timeout(patience) });
    return true;
  } catch {
    return false;
  }
}
