/** What Check says, and for how long. A verdict belongs to one run of the shown program and goes when either changes. */
import { batch, effect, type ReadonlySignal, signal, type Signal } from '@preact/signals';
import type { LinkConditions } from '../../../protocol/wire/link-conditions.ts';
import type { RunState } from '../run/program.ts';

// Whoever needs one needs both, so they load together.
export { judgeAll } from './judge-all.ts';

/** What judging needs from a playground. */
export interface JudgingParts {
  state: ReadonlySignal<RunState>;
  /** The unique number of the run shown; undefined if no run matches the shown program and settings. */
  run: ReadonlySignal<number | undefined>;
  /** Runs what is shown. Resolves when the run has begun or failed to begin. */
  start(): Promise<void>;
  /** Judges the run that is shown, and the runs of other seeds if the exercise asks for them. */
  judge(progress: Progress): Promise<Judgement>;
  /** Runs what is shown as it ran under that seed. Resolves when the run has begun or failed to begin. */
  startSeed(shown: SeedShown): Promise<void>;
}

/** How many seeds have been tried so far, of how many. Returns false if the verdict is no longer wanted. */
export type Progress = (tried: number, count: number) => boolean;

/** What makes a run under a seed, besides the program and the rest of the link. */
export interface SeedShown {
  seed: number;
  clients: number;
  link?: Partial<LinkConditions>;
}

/** What is shown beside Check. */
export interface Judgement {
  /** Undefined if this is not a verdict. */
  passed?: boolean;
  message: string;
  /** The seed that it is about, if the reader can be shown its run. */
  ofSeed?: SeedShown;
  /** Called when it is shown, but not if it became untrue before that. */
  onShown?: () => void;
}

const nothing: Judgement = { message: '' };
const couldNotRun = 'It could not be run: the console says why.';
const stopped = 'Stopped before it had ended. Check judges it as far as it got.';

export class Judging {
  readonly said: Signal<Judgement> = signal(nothing);
  /** True while Check waits for a run to end. */
  readonly isWaiting = signal(false);
  /** How far Check has got where it tries seeds; undefined while it tries none. */
  readonly trying: Signal<{ tried: number; count: number } | undefined> = signal(undefined);
  readonly #parts: JudgingParts;
  readonly #dispose: () => void;
  /** The run that the verdict belongs to. */
  #judged: number | undefined;
  /** Rises with each Check and with whatever cancels one. */
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

  /** Judges the run that is shown. Waits for it to end if it is on, and starts one if there is none. */
  async check(): Promise<void> {
    if (this.isWaiting.peek() || this.trying.peek()) return;
    const turn = ++this.#turn;
    const { state, run, start } = this.#parts;
    const isOn = (): boolean => state.peek() === 'starting' || state.peek() === 'running';
    if (isOn() || run.peek() === undefined) {
      batch(() => {
        this.isWaiting.value = true;
        this.#judged = undefined;
        this.said.value = { message: 'It will be checked when the run has ended. Stop cancels that.' };
      });
      if (run.peek() === undefined) await start();
      const problem = await this.#rested();
      this.isWaiting.value = false;
      if (turn !== this.#turn) return;
      if (problem !== undefined) return void (this.said.value = { message: problem });
    }
    const judged = run.peek();
    const verdict = await this.#parts.judge((tried, count) => {
      const isWanted = turn === this.#turn && run.peek() === judged;
      if (isWanted && tried === 0) this.said.value = { message: `Trying ${count === 1 ? '1 seed' : `${count} seeds`}.` };
      this.trying.value = isWanted ? { tried, count } : undefined;
      return isWanted;
    });
    this.trying.value = undefined;
    if (turn !== this.#turn) return;
    // The program may have changed meanwhile, because the first Check also fetches the check.
    if (run.peek() !== judged) return void (this.said.value = { message: 'Changed while it was checked.' });
    if (verdict.passed !== undefined) this.#judged = judged;
    this.said.value = verdict;
    verdict.onShown?.();
  }

  /** Shows the run that a verdict is about, and then the verdict again. */
  async showSeed(verdict: Judgement & { ofSeed: SeedShown }): Promise<void> {
    const { seed } = verdict.ofSeed;
    this.tell(`Showing the run of seed ${seed}.`);
    const turn = this.#turn;
    await this.#parts.startSeed(verdict.ofSeed);
    const problem = await this.#rested();
    if (turn !== this.#turn) return;
    if (problem !== undefined) return void (this.said.value = { message: problem });
    this.#judged = this.#parts.run.peek();
    const { passed, message } = verdict;
    this.said.value = { ...(passed !== undefined && { passed }), message };
  }

  /** Shows a message in place of a verdict. */
  tell(message: string): void {
    this.#turn++;
    this.#judged = undefined;
    this.said.value = { message };
  }

  /** Resolves when the run has ended, with a sentence if it cannot be judged. */
  #rested(): Promise<string | undefined> {
    const { state, run } = this.#parts;
    return new Promise((resolve) => {
      let dispose = (): void => undefined;
      let isDone = false;
      const done = (problem?: string): void => {
        isDone = true;
        // If the effect finishes in its first run, `dispose` is not set yet.
        dispose();
        resolve(problem);
      };
      dispose = effect(() => {
        if (isDone) return;
        const [now, shown] = [state.value, run.value];
        if (now === 'ready') done(shown === undefined ? couldNotRun : stopped);
        else if (shown === undefined) done('Changed while it ran: Check runs it again.');
        else if (now === 'resting') done();
      });
      if (isDone) dispose();
    });
  }
}
