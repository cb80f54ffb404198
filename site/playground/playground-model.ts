/**
 * One playground's state and what its controls do. The view reads the signals and calls the methods; nothing here uses the page.
 *
 * Longer than most files: every way from one state of a run to another stands here, since each has to be read with the others.
 */
import { batch, computed, type ReadonlySignal, type Signal, signal, untracked } from '@preact/signals';
import type { Flight } from '../../protocol/trace/flight.ts';
import { idealLink, type LinkConditions } from '../../protocol/wire/link-conditions.ts';
import type { ProgramError } from '../../protocol/messages/runner-messages.ts';
import { emptyTrace, type Trace } from '../../protocol/trace/trace.ts';
import type { Runner } from '../runner/runner.ts';
import { ConsoleLog, errorText } from './console-log.ts';
import { faultSentence } from './faults.ts';
import { PartError } from './load-part.ts';
import { fetchMachinery, type Machinery } from './run/machinery.ts';
import { OwnRun, type RunSettings } from './run/own-run.ts';
import type { Compiled, ModelOptions, Program, RunState } from './run/program.ts';
import type { Run } from './run/run.ts';
import { pageClock } from './clocks/page-clock.ts';
import { SandboxError } from './session/sandbox-error.ts';
import type { Session } from './session/session.ts';
import { TraceStore } from './trace-store.ts';

/** The number of lanes that fit on a timeline. */
export const mostClients = 6;

export class PlaygroundModel {
  readonly state = signal<RunState>('ready');
  /** Clients whose program is blocking its thread. */
  readonly busy = signal<ReadonlySet<string>>(new Set());
  readonly clients: Signal<number>;
  readonly conditions: Signal<LinkConditions>;
  readonly store: Signal<TraceStore>;
  readonly selected = signal<Flight | undefined>(undefined);
  readonly log = new ConsoleLog();
  /** The reader's own last run. */
  readonly ownRun = new OwnRun();
  /** The number of that run, as long as the shown program and settings are those it was run with. */
  readonly shownRun: ReadonlySignal<number | undefined>;
  /** The trace's time now, while a run is on. */
  readonly live: ReadonlySignal<(() => number) | undefined>;

  readonly #options: ModelOptions;
  readonly #initial: LinkConditions;
  #machinery: Promise<Machinery> | undefined;
  #runner: Runner | undefined;
  #run: Run | undefined;
  #program: Program | undefined;
  /** Counts Runs, Stops and Resets, so that anything begun before one of them can tell that it is out of date. */
  #attempt = 0;
  /** What failed in the page while a run was starting. */
  #faultAtStart: string | undefined;
  /** True while the store holds one of the reader's own runs. */
  #hasRun = false;

  constructor(options: ModelOptions) {
    this.#options = options;
    this.#initial = { ...idealLink, ...options.conditions };
    this.clients = signal(options.clients);
    this.conditions = signal(this.#initial);
    this.store = signal(TraceStore.of(options.recorded ?? emptyTrace()));
    this.shownRun = computed(() => this.ownRun.numberWith(this.#settings()));
    this.live = computed(() => {
      const startedAt = this.state.value === 'running' ? this.#run?.startedAt : undefined;
      return startedAt === undefined ? undefined : () => pageClock() - startedAt;
    });
  }

  /** Returns the trace of the reader's own last run; empty before the first and while the recorded one is shown. */
  ownTrace(): Trace {
    return this.#hasRun ? this.store.peek().document() : emptyTrace();
  }

  /** Prepares frame, Worker and session when a Run seems near. */
  prepare(): void {
    void this.#theMachinery().then(
      ({ runner, sessions }) => {
        runner.prewarm();
        if (this.state.value === 'ready' || this.state.value === 'resting') sessions.prepare(this.conditions.value);
      },
      // Run tries again and reports what is wrong.
      () => undefined,
    );
  }

  /** Runs the program in the editor, once for each client, on a new trace. */
  async run(): Promise<void> {
    const attempt = this.#end();
    this.log.clear();
    this.#options.onProgramError(undefined);
    batch(() => {
      this.state.value = 'starting';
      this.selected.value = undefined;
      this.ownRun.begin(
        attempt,
        untracked(() => this.#settings()),
      );
    });
    try {
      const [compiled, machinery] = await Promise.all([this.#options.compile(), this.#theMachinery()]);
      if ('error' in compiled) return this.#refuse(attempt, compiled);
      const { value: conditions } = this.conditions;
      const session = await machinery.sessions.take(conditions, {
        onEvents: (events) => attempt === this.#attempt && this.#run?.takeServerEvents(events),
        onLost: (reason) => attempt === this.#attempt && this.#lost(reason),
      });
      if (attempt !== this.#attempt) return session.close();
      // The reader may have changed them while the session was opening.
      if (this.conditions.value !== conditions) await session.setConditions(this.conditions.value);
      if (attempt === this.#attempt && this.#faultAtStart === undefined) return this.#begin(machinery, session, compiled);
      session.close();
      if (attempt === this.#attempt && this.#faultAtStart !== undefined) this.#giveUp(this.#faultAtStart);
    } catch (problem) {
      if (attempt !== this.#attempt) return;
      this.#giveUp(problem instanceof SandboxError || problem instanceof PartError ? problem.message : faultSentence(problem));
    }
  }

  /** True while a run is on or starting. */
  isOn(): boolean {
    return this.state.peek() === 'starting' || this.state.peek() === 'running';
  }

  /** The page failed. Ends a run that is on, since its picture can no longer be trusted. Repeats of a sentence are not shown. */
  fault(sentence: string): void {
    // A run that is only starting may fail by itself and then knows a better reason, such as a missing server.
    if (this.state.peek() === 'starting') this.#faultAtStart ??= sentence;
    else if (this.state.peek() === 'running') this.#giveUp(sentence);
    else if (this.log.latest('error')?.text !== sentence) this.log.add('error', sentence);
  }

  /** Ends the run at once. The timeline keeps what was captured. */
  stop(): void {
    const { value: was } = this.state;
    this.#end();
    if (was === 'starting') this.#notBegun();
    else this.state.value = 'ready';
    if (was !== 'ready') this.log.add('note', 'Stopped.');
  }

  /** Restores the example: its recorded trace, its conditions, an empty console. The view restores the code. */
  reset(): void {
    this.#end();
    this.#hasRun = false;
    this.log.clear();
    this.#options.onProgramError(undefined);
    batch(() => {
      this.state.value = 'ready';
      this.ownRun.forget();
      this.selected.value = undefined;
      this.clients.value = this.#options.clients;
      this.conditions.value = this.#initial;
      this.store.value = TraceStore.of(this.#options.recorded ?? emptyTrace());
    });
  }

  /** Adds a client: at once if a run is on, otherwise from the next Run. */
  addClient(): void {
    if (this.clients.value >= mostClients) return;
    const client = clientName(this.clients.value);
    const [program, runner] = [this.#program, this.#runner];
    batch(() => {
      const isOn = program !== undefined && runner?.isRunning === true;
      if (isOn || this.state.value === 'starting') this.ownRun.change({ clients: this.clients.value + 1 });
      this.clients.value++;
      if (!isOn) return;
      this.state.value = 'running';
      runner.add({ client, ...program });
    });
  }

  /** Removes a client, from the next Run. */
  removeClient(): void {
    if (this.clients.value > 1) this.clients.value--;
  }

  /** Changes the link, also for the rest of a run that is on. */
  setConditions(changed: Partial<LinkConditions>): void {
    const conditions = { ...this.conditions.value, ...changed };
    batch(() => {
      if (this.isOn()) this.ownRun.change({ conditions });
      this.conditions.value = conditions;
    });
    if (this.#run?.session.isOpen()) void this.#run.session.setConditions(changed);
  }

  /** What a run would be run with now. */
  #settings(): RunSettings {
    return { program: this.#options.shown(), conditions: this.conditions.value, clients: this.clients.value };
  }

  /** Returns to `ready` after a run that did not begin. */
  #notBegun(): void {
    batch(() => {
      this.ownRun.forget();
      this.state.value = 'ready';
    });
  }

  /** `reason` is the server's, if it gave one. */
  #lost(reason: string | undefined): void {
    this.#run?.lostTap(reason);
    const what = reason === undefined ? 'The sandbox server went away' : 'The sandbox server ended the session';
    const lacks = `${what} during this run, so part of it was not seen and it cannot be judged. Run it again.`;
    this.ownRun.change({ lacks });
  }

  #theMachinery(): Promise<Machinery> {
    this.#machinery ??= fetchMachinery({
      sandbox: this.#options.origin,
      onItem: (client, item) => this.#run?.take(client, item),
      onBusy: (client, isBusy) => {
        const others = [...this.busy.value].filter((other) => other !== client);
        this.busy.value = new Set(isBusy ? [...others, client] : others);
      },
      onEnded: (why, client) => this.#giveUp(why, client),
    }).then(
      (machinery) => {
        this.#runner = machinery.runner;
        return machinery;
      },
      (error: unknown) => {
        this.#machinery = undefined;
        throw error;
      },
    );
    return this.#machinery;
  }

  #begin({ Run, runner }: Machinery, session: Session, program: Program): void {
    this.#program = program;
    this.#hasRun = true;
    this.#run = new Run({
      session,
      file: program.file,
      log: this.log,
      clients: () => this.clients.value,
      latency: () => this.conditions.value.latency,
      onProgramError: (error) => this.#options.onProgramError(error),
      onRest: (isResting) => (this.state.value = isResting ? 'resting' : 'running'),
    });
    const { store } = this.#run;
    batch(() => {
      this.store.value = store;
      this.state.value = 'running';
    });
    const programs = Array.from({ length: this.clients.value }, (_, i) => ({ client: clientName(i), ...program }));
    runner.start(programs, session.base);
  }

  #refuse(attempt: number, { file, error }: Extract<Compiled, { error: ProgramError }>): void {
    if (attempt !== this.#attempt) return;
    this.#notBegun();
    this.log.add('error', errorText(file, error));
    this.#options.onProgramError(error);
  }

  /** Ends the run for a reason other than the reader's. */
  #giveUp(why: string, client?: string): void {
    const hasBegun = this.state.peek() !== 'starting';
    this.#end();
    if (hasBegun) this.state.value = 'ready';
    else this.#notBegun();
    this.log.add('error', why, client);
  }

  /** Ends the current run. Returns the number of the next attempt. */
  #end(): number {
    this.#run?.end();
    this.#run = undefined;
    this.#runner?.stop();
    this.#faultAtStart = undefined;
    this.busy.value = new Set();
    return ++this.#attempt;
  }
}

/** `A`, `B` … */
const clientName = (index: number): string => String.fromCharCode(65 + index);
