/** Parts of the page that come when they are wanted, and what to say where one does not come. */
import { wordsOf } from './faults.ts';

/** A part could not be had. Its message is a sentence on what is wrong, and one on what to do. */
export class PartError extends Error {
  override name = 'PartError';
}

/** How long the server may take to say that it is there, ms. */
const patience = 800;

/** Loads a part; `what` is its name at the beginning of a sentence, and `unreachable` says what to do where nobody answers. */
export async function loadPart<Part>(what: string, load: () => Promise<Part>, unreachable: string): Promise<Part> {
  try {
    return await load();
  } catch (problem) {
    const isThere = await answers();
    throw new PartError(
      isThere
        ? `${what} did not load (${wordsOf(problem)}). The server answers, so this page is of an older build, or the part is broken: reload the page.`
        : unreachable,
      { cause: problem },
    );
  }
}

/** Whether the server that this page came from is there. */
async function answers(): Promise<boolean> {
  try {
    await fetch(location.href, { method: 'HEAD', cache: 'no-store', signal: AbortSignal.timeout(patience) });
    return true;
  } catch {
    return false;
  }
}
