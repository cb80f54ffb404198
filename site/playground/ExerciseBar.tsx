/** What an exercise adds to a playground: Check, hints, Solution; and for every playground, Share. */
import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { Check } from '../../protocol/check.ts';
import { HintButton, HintList } from './HintList.tsx';
import { judgeRun } from './judge-run.ts';
import { Judging } from './judging.ts';
import type { PlaygroundModel } from './model.ts';

interface Props {
  model: PlaygroundModel;
  loadCheck: (() => Promise<Check>) | undefined;
  hints: readonly string[];
  hasSolution: boolean;
  isSolutionOpen: boolean;
  /** Opens the solution, or puts it away. */
  onSolution: () => void;
  /** True where the last run was one of the solution. */
  isSolutionRun: () => boolean;
  /** The reader's own program has passed. */
  onPassed: () => void;
  /** Puts the code into the page's address and tries to copy it; says what it did. */
  onShare: () => Promise<string>;
}

export function ExerciseBar({
  model,
  loadCheck,
  hints,
  hasSolution,
  isSolutionOpen,
  onSolution,
  isSolutionRun,
  onPassed,
  onShare,
}: Props) {
  const hintsShown = useSignal(0);
  const judging = useMemo(
    () =>
      new Judging({
        state: model.state,
        run: model.shownRun,
        start: () => model.run(),
        async judge() {
          const isOwn = !isSolutionRun();
          const said = await judgeRun(loadCheck, model.ownTrace(), model.ownRun.peek()?.lacks);
          if (!said.passed) return said;
          if (isOwn) return { ...said, onShown: onPassed };
          return { ...said, message: `${said.message} That was the solution.` };
        },
      }),
    [],
  );
  useEffect(() => () => judging.dispose(), []);
  const said = judging.said.value;
  const isWaiting = judging.isWaiting.value;
  return (
    <div class="pg-exercise">
      <div class="pg-row">
        {loadCheck && (
          <button type="button" class="pg-button" aria-disabled={isWaiting} onClick={() => void judging.check()}>
            {isWaiting ? 'Checking when the run ends…' : 'Check'}
          </button>
        )}
        {hints.length > 0 && <HintButton hints={hints} shown={hintsShown} />}
        {hasSolution && (
          <button type="button" class="pg-button" aria-expanded={isSolutionOpen} onClick={onSolution}>
            Solution
          </button>
        )}
        <button type="button" class="pg-button" onClick={() => void onShare().then((words) => judging.tell(words))}>
          Share
        </button>
      </div>
      {hints.length > 0 && <HintList hints={hints} shown={hintsShown} />}
      <p class="pg-verdict" role="status" data-passed={said.passed}>
        {said.passed !== undefined && <strong>{said.passed ? 'Passed. ' : 'Not yet. '}</strong>}
        {said.message}
      </p>
    </div>
  );
}
