/** What Check says, and for how long it stands: a verdict is of one run of the program that is shown, and goes when either changes. */
import { batch, effect, type ReadonlySignal, signal, type Signal } from '@preact/signals';
import type { RunState } from '../playground-model.ts';

// They are wanted together.
export { judgeRun } from './judge-run.ts';

/** What judging needs to know of a playground. */
export interface JudgingParts {
  state: ReadonlySignal<RunState>;
  /** Which run is shown, by a number that no other run has; undefined where it is none of the program and settings that are shown. */
  run: ReadonlySignal<number | undefined>;
  /** Runs what is shown. Resolves when it has begun, or could not begin. */
  start(): Promise<void>;
  /** Judges the run that is shown. */
  judge(): Promise<Judgement>;
}

/** What is said beside Check. */
export interface Judgement {
  /** Undefined where it is no verdict. */
  passed?: boolean;
  message: string;
  /** Called when it is shown: not where it has become untrue before. */
  onShown?: () => void;
}

const nothing: Judgement = { message: '' };
const couldNotRun = 'It could not be run: the console says why.';
const stopped = 'Stopped before it had ended. Check judges it as far as it went.';

export class Judging {
  readonly said: Signal<Judgement> = signal(nothing);
  /** True while Check waits for a run to end. */
  readonly isWaiting = signal(false);
  readonly #parts: JudgingParts;
  readonly #dispose: () => void;
  /** The run that the verdict is of. */
  #judged: number | undefined;
  /** Rises with each Check and what calls it off. */
  #turn = 0;

  constructor(parts: JudgingParts) {
    this.#parts = parts;
    this.#dispose = effect(() => {
      const [run, isOn] = [parts.run.value, parts.state.value === 'running'];
      if (this.#judged === undefined || (run === this.#judged && !isOn)) return;
      const [same, other] = ['It has gone on since it was checked.', 'This run has not been checked.'];
      this.tell(run === undefined ? 'Changed since it was checked.' : run === this.#judged ? same : other);
    });
  }

  dispose(): void {
    this.#turn++;
    this.#dispose();
  }

  /** Judges the run that is shown: once it has ended where it is on, and after it was run where it is not. */
  async check(): Promise<void> {
    if (this.isWaiting.peek()) return;
    const turn = ++this.#turn;
    const { state, run, start } = this.#parts;
    const isOn = (): boolean => state.peek() === 'starting' || state.peek() === 'running';
    if (isOn() || run.peek() === undefined) {
      batch(() => {
        this.isWaiting.value = true;
        this.#judged = undefined;
        this.said.value = { message: 'It is checked when the run has ended. Stop calls that off.' };
      });
      if (run.peek() === undefined) await start();
      const problem = await this.#rested();
      this.isWaiting.value = false;
      if (turn !== this.#turn) return;
      if (problem !== undefined) return void (this.said.value = { message: problem });
    }
    const judged = run.peek();
    const verdict = await this.#parts.judge();
    if (turn !== this.#turn) return;
    // Changed while it was judged: a check is fetched when it is first asked for.
    if (run.peek() !== judged) return void (this.said.value = { message: 'Changed while it was checked.' });
    if (verdict.passed !== undefined) this.#judged = judged;
    this.said.value = verdict;
    verdict.onShown?.();
  }

  /** Says something else in the place of a verdict. */
  tell(message: string): void {
    this.#turn++;
    this.#judged = undefined;
    this.said.value = { message };
  }

  /** Resolves when the run has ended, with a sentence where it cannot be judged. */
  #rested(): Promise<string | undefined> {
    const { state, run } = this.#parts;
    return new Promise((resolve) => {
      let dispose = (): void => undefined;
      let isDone = false;
      const done = (problem?: string): void => {
        isDone = true;
        // Within its own first turn it is not there yet.
        dispose();
        resolve(problem);
      };
      dispose = effect(() => {
        if (isDone) return;
        const [now, shown] = [state.value, run.value];
        if (now === 'ready') done(shown === undefined ? couldNotRun : stopped);
        else if (shown === undefined) done('Changed while it ran: Check runs it anew.');
        else if (now === 'resting') done();
      });
      if (isDone) dispose();
    });
  }
}
