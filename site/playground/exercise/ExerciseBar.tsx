/** The buttons that an exercise adds to a playground (Check, hints, Solution), and Share, which every playground has. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { CheckModule } from '../../../protocol/messages/exercise.ts';
import { HintButton, HintList } from './HintList.tsx';
import type { Judging, Judgement, Progress } from './judging.ts';
import { loadPart } from '../load-part.ts';
import type { PlaygroundModel } from '../playground-model.ts';

const unreachable = 'The check could not be fetched: the server does not answer. Is it still running? Try again.';
const loadJudging = () => import('./judging.ts');

interface Props {
  model: PlaygroundModel;
  loadCheck: (() => Promise<CheckModule>) | undefined;
  hints: readonly string[];
  hasSolution: boolean;
  isSolutionOpen: boolean;
  /** Opens or closes the solution. */
  onSolution: () => void;
  /** True if the last run was of the solution. */
  isSolutionRun: () => boolean;
  /** Called when the reader's own program has passed. */
  onPassed: () => void;
  /** Puts the code into the page's address and tries to copy it; resolves with what it did. */
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
  const judging = useSignal<Judging | undefined>(undefined);
  /** The message shown while there is nothing to judge. */
  const told = useSignal('');
  const judged = async (said: Promise<Judgement>, isOwn: boolean): Promise<Judgement> => {
    const { passed, message } = await said;
    if (!passed) return await said;
    return isOwn ? { passed, message, onShown: onPassed } : { passed, message: `${message} That was the solution.` };
  };
  const check = async (load: () => Promise<CheckModule>): Promise<void> => {
    try {
      const { Judging, judgeAll } = await loadPart('The check', loadJudging, unreachable);
      const { state, shownRun: run } = model;
      const judge = (progress: Progress): Promise<Judgement> => judged(judgeAll(model, load, progress), !isSolutionRun());
      judging.value ??= new Judging({
        state,
        run,
        start: () => model.run(),
        judge,
        startSeed: (shown) => model.runSeed(shown),
      });
    } catch (problem) {
      told.value = (problem as Error).message;
      model.fault(told.value);
    }
    await judging.value?.check();
  };
  const share = async (): Promise<void> => {
    const words = await onShare();
    if (judging.value) judging.value.tell(words);
    else told.value = words;
  };
  useEffect(() => () => judging.peek()?.dispose(), []);
  const isOn = model.state.value === 'running';
  useEffect(() => {
    // A Check often follows a run, and the server may be gone by then. Check loads again and reports any failure.
    if (loadCheck && isOn) loadJudging().catch(() => undefined);
  }, [isOn]);
  const said: Judgement = judging.value?.said.value ?? { message: told.value };
  const isWaiting = judging.value?.isWaiting.value ?? false;
  const trying = judging.value?.trying.value;
  const { ofSeed } = said;
  return (
    <div class="pg-exercise">
      <div class="pg-row">
        {loadCheck && (
          <button
            type="button"
            class="pg-button"
            aria-disabled={isWaiting || trying !== undefined}
            onClick={() => void check(loadCheck)}
          >
            {isWaiting ? 'Checking when the run ends…' : 'Check'}
          </button>
        )}
        {hints.length > 0 && <HintButton hints={hints} shown={hintsShown} />}
        {hasSolution && (
          <button type="button" class="pg-button" aria-expanded={isSolutionOpen} onClick={onSolution}>
            Solution
          </button>
        )}
        <button type="button" class="pg-button" onClick={() => void share()}>
          Share
        </button>
      </div>
      {hints.length > 0 && <HintList hints={hints} shown={hintsShown} />}
      <p class="pg-verdict" role="status" data-passed={said.passed}>
        {said.passed !== undefined && <strong>{said.passed ? 'Passed. ' : 'Not yet. '}</strong>}
        {said.message}
      </p>
      {trying && (
        <progress class="pg-seeds" max={trying.count} value={trying.tried} aria-label={`Trying ${trying.count} seeds`} />
      )}
      {ofSeed && (
        <button type="button" class="pg-button" onClick={() => void judging.value?.showSeed({ ...said, ofSeed })}>
          Show the run of seed {ofSeed.seed}
        </button>
      )}
    </div>
  );
}
