/** What an exercise adds to a playground: Check, hints, Solution; and for every playground, Share. */
import { useSignal } from '@preact/signals';
import type { Check, CheckResult } from '../../protocol/check.ts';
import { flightsOf } from '../../protocol/flight.ts';
import type { Trace } from '../../protocol/trace.ts';
import { checkFault } from './check-fault.ts';
import { HintButton, HintList } from './HintList.tsx';

interface Props {
  loadCheck: (() => Promise<Check>) | undefined;
  hints: readonly string[];
  hasSolution: boolean;
  isSolutionOpen: boolean;
  /** Opens the solution, or puts it away. */
  onSolution: () => void;
  /** The trace of the last run. */
  trace: () => Trace;
  /** True where that was a run of the solution. */
  isSolutionRun: () => boolean;
  /** The reader's own program has passed. */
  onPassed: () => void;
  /** Puts the code into the page's address and tries to copy it; says what it did. */
  onShare: () => Promise<string>;
}

export function ExerciseBar({
  loadCheck,
  hints,
  hasSolution,
  isSolutionOpen,
  onSolution,
  trace,
  isSolutionRun,
  onPassed,
  onShare,
}: Props) {
  const verdict = useSignal<CheckResult | undefined>(undefined);
  const shared = useSignal('');
  const hintsShown = useSignal(0);
  const check = async (load: () => Promise<Check>): Promise<void> => {
    try {
      const judge = await load();
      const document = trace();
      const judged = judge(document, flightsOf(document));
      const isOwn = !isSolutionRun();
      verdict.value = isOwn || !judged.passed ? judged : { passed: true, message: `${judged.message} That was the solution.` };
      if (judged.passed && isOwn) onPassed();
    } catch (problem) {
      verdict.value = { passed: false, message: checkFault(problem) };
    }
  };
  return (
    <div class="pg-exercise">
      <div class="pg-row">
        {loadCheck && (
          <button type="button" class="pg-button" onClick={() => void check(loadCheck)}>
            Check
          </button>
        )}
        {hints.length > 0 && <HintButton hints={hints} shown={hintsShown} />}
        {hasSolution && (
          <button type="button" class="pg-button" aria-expanded={isSolutionOpen} onClick={onSolution}>
            Solution
          </button>
        )}
        <button type="button" class="pg-button" onClick={() => void onShare().then((said) => (shared.value = said))}>
          Share
        </button>
      </div>
      {hints.length > 0 && <HintList hints={hints} shown={hintsShown} />}
      <p class="pg-verdict" role="status" data-passed={verdict.value?.passed}>
        {verdict.value && <strong>{verdict.value.passed ? 'Passed. ' : 'Not yet. '}</strong>}
        {verdict.value?.message ?? shared.value}
      </p>
    </div>
  );
}
