/** Reports a check that did not load or that itself failed, so that nobody takes it for a verdict on the program. */
import type { Check, CheckModule } from '../../../protocol/messages/exercise.ts';
import { wordsOf } from '../faults.ts';
import { loadPart, PartError } from '../load-part.ts';

/** Returns what to say when a check gave no verdict. */
export function checkFault(problem: unknown): string {
  return problem instanceof PartError
    ? problem.message
    : `The check itself failed (${wordsOf(problem)}), which is no fault of your program. Reload the page and try again.`;
}

/** Returns what `load` loads. If it fails to load, or a check of it throws, `onFault` gets the sentence too. */
export async function loadedCheck(load: () => Promise<CheckModule>, onFault: (sentence: string) => void): Promise<CheckModule> {
  const telling = (problem: unknown): unknown => {
    onFault(checkFault(problem));
    return problem;
  };
  const unreachable = 'The check could not be fetched: the server does not answer. Is it still running? Try again.';
  const { default: own, seeds } = await loadPart('The check', load, unreachable).catch((problem: unknown) => {
    throw telling(problem);
  });
  const watched =
    (check: Check): Check =>
    (trace, flights) => {
      try {
        return check(trace, flights);
      } catch (problem) {
        throw telling(problem);
      }
    };
  return { default: watched(own), ...(seeds && { seeds: { ...seeds, check: watched(seeds.check ?? own) } }) };
}
