/**
 * One playground's state and what its controls do. The view reads the signals and calls the methods; nothing here uses the page.
 *
 * Longer than most files: every way from one state of a run to another stands here, since each has to be read with the others.
 */
import { batch, computed, type ReadonlySignal, type Signal, signal, untracked } from '@preact/signals';
import type { Flight } from '../../protocol/trace/flight.ts';
import { idealLink, type LinkConditions } from '../../protocol/wire/link-conditions.ts';
import { emptyTrace, type Trace } from '../../protocol/trace/trace.ts';
import type { SeedShown } from './exercise/judging.ts';
import { ConsoleLog, errorText } from './console-log.ts';
import { faultSentence } from './faults.ts';
import { loadPart, PartError } from './load-part.ts';
import type { Pace } from './networks/in-page-network.ts';
import { LoadedNetwork } from './networks/loaded-network.ts';
import type { NetworkRun, RunListener, RunNetwork, RunPlan } from './networks/run-network.ts';
import { OwnRun, type RunSettings } from './run/own-run.ts';
import type { CompiledFiles, FileProblem, ModelOptions, NetworkName, Program, RunState } from './run/program.ts';
import { NoSandboxError, SandboxError, unreachable } from './session/sandbox-error.ts';
import { TraceStore } from './trace-store.ts';

/** How fast a run in this page may go. One that goes as fast as it can ends after a minute of its own time. */
export const paces = {
  real: { speed: 1, until: Infinity },
  slow: { speed: 0.1, until: Infinity },
  fast: { speed: Infinity, until: 60_000 },
} satisfies Record<string, Pace>;

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
  /** Where the reader wants programs to run. */
  readonly chosenNetwork = signal<NetworkName>('live');
  /** Where they run: a server's program needs the network in this page. */
  readonly network: ReadonlySignal<NetworkName>;
  /** How fast the next run in this page goes. */
  readonly pace = signal<Pace>(paces.real);
  /** True while a run is on whose server can be started again. */
  readonly canRestartServer: ReadonlySignal<boolean>;
  /** The trace's time now, while a run is on. */
  readonly live: ReadonlySignal<(() => number) | undefined>;

  readonly #options: ModelOptions;
  readonly #initial: LinkConditions;
  readonly #networks: Record<NetworkName, RunNetwork>;
  #run: NetworkRun | undefined;
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
    this.network = computed(() => (options.hasServer() ? 'in-page' : this.chosenNetwork.value));
    this.#networks = networksOf(options.origin, () => this.pace.peek());
    this.shownRun = computed(() => this.ownRun.numberWith(this.#settings()));
    this.canRestartServer = computed(() => /^(?:running|resting)$/.test(this.state.value) && !!this.#run?.restartServer);
    this.live = computed(() => (this.state.value === 'running' ? this.#run?.present : undefined));
  }

  /** Returns the trace of the reader's own last run; empty before the first and while the recorded one is shown. */
  ownTrace(): Trace {
    return this.#hasRun ? this.store.peek().document() : emptyTrace();
  }

  /** Prepares frame, Workers and session when a Run seems near. */
  prepare(): void {
    this.#networks[this.network.value].prepare(this.conditions.value, !this.isOn());
  }

  /** Runs the program in the editor, once for each client, on a new trace. */
  async run(): Promise<void> {
    const attempt = this.#end();
    this.log.clear();
    this.#options.onProgramError(undefined);
    batch(() => {
      this.state.value = 'starting';
      this.selected.value = undefined;
    });
    const opening = this.#options.ready?.();
    if (opening) await opening;
    if (attempt !== this.#attempt) return;
    this.ownRun.begin(
      attempt,
      untracked(() => this.#settings()),
    );
    const network = this.network.value;
    // What the run needs loads while the programs are compiled.
    this.#networks[network].prepare(this.conditions.value, true);
    try {
      const compiled = await this.#options.compile();
      if (attempt === this.#attempt) for (const { level, text } of compiled.remarks ?? []) this.log.add(level, text);
      if (compiled.remarks?.some(({ isFinal }) => isFinal)) return this.#refuse(attempt);
      const plan = planOf(compiled, this.clients.value);
      if ('error' in plan) return this.#refuse(attempt, plan);
      const run = await this.#open(network, plan, attempt);
      if (attempt === this.#attempt && this.#faultAtStart === undefined) return this.#begin(run);
      run.end();
      if (attempt === this.#attempt && this.#faultAtStart !== undefined) this.#giveUp(this.#faultAtStart);
    } catch (problem) {
      if (attempt !== this.#attempt) return;
      this.#giveUp(problem instanceof SandboxError || problem instanceof PartError ? problem.message : faultSentence(problem));
    }
  }

  /** Compiles the programs that are shown, for so many clients. Resolves with the problem if one does not compile. */
  async plan(clients: number): Promise<RunPlan | FileProblem> {
    return planOf(await this.#options.compile(), clients);
  }

  /** Runs the program in this page as it runs under a seed, as fast as it can. */
  async runSeed({ seed, clients, link }: SeedShown): Promise<void> {
    batch(() => {
      this.chosenNetwork.value = 'in-page';
      this.pace.value = paces.fast;
      this.clients.value = clients;
      this.conditions.value = { ...this.conditions.value, ...link, seed };
    });
    await this.run();
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
      this.chosenNetwork.value = 'live';
      this.pace.value = paces.real;
      this.store.value = TraceStore.of(this.#options.recorded ?? emptyTrace());
    });
  }

  /** Adds a client: at once if a run is on, otherwise from the next Run. */
  addClient(): void {
    if (this.clients.value >= mostClients) return;
    const client = clientName(this.clients.value);
    batch(() => {
      const run = this.#run;
      if (run || this.state.value === 'starting') this.ownRun.change({ clients: this.clients.value + 1 });
      this.clients.value++;
      if (!run) return;
      this.state.value = 'running';
      run.add(client);
    });
  }

  /** Starts the server's program again, as it is in the editor now, while its clients go on: they see what a restart looks like. */
  async restartServer(): Promise<void> {
    const run = this.#run;
    const server = await this.#options.compileServer();
    // Stop or another Run may have come in between.
    if (!server || !run?.restartServer || run !== this.#run) return;
    if ('error' in server) return this.#tellProblem(server);
    this.#options.onProgramError(undefined);
    batch(() => {
      this.ownRun.change({ program: this.#options.shown() });
      this.state.value = 'running';
    });
    this.log.add('note', 'The server was started again.');
    run.restartServer(server);
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
    this.#run?.setConditions(changed);
  }

  /** What a run would be run with now. */
  #settings(): RunSettings {
    return {
      program: this.#options.shown(),
      conditions: this.conditions.value,
      clients: this.clients.value,
      network: this.network.value,
    };
  }

  /** Returns to `ready` after a run that did not begin. */
  #notBegun(): void {
    batch(() => {
      this.ownRun.forget();
      this.state.value = 'ready';
    });
  }

  /** What the run of this attempt reports, as long as no other has begun. */
  #listener(attempt: number): RunListener {
    const ifCurrent =
      <Given extends unknown[]>(act: (...given: Given) => void) =>
      (...given: Given): void => {
        if (attempt === this.#attempt) act(...given);
      };
    return {
      log: this.log,
      conditions: () => this.conditions.peek(),
      clients: () => this.clients.peek(),
      onProgramError: ifCurrent((file, error) => this.#options.onProgramError({ file, error })),
      onRest: ifCurrent((isResting) => (this.state.value = isResting ? 'resting' : 'running')),
      onBusy: ifCurrent((program, isBusy) => {
        const others = [...this.busy.value].filter((other) => other !== program);
        this.busy.value = new Set(isBusy ? [...others, program] : others);
      }),
      onEnded: ifCurrent((why, program) => this.#giveUp(why, program)),
      onLacking: ifCurrent((lacks) => this.ownRun.change({ lacks })),
    };
  }

  /** Makes a run ready: in this page, as all later ones, if this copy of the site turns out to have no sandbox. */
  async #open(network: NetworkName, plan: RunPlan, attempt: number): Promise<NetworkRun> {
    const { needsLive } = this.#options;
    if (network === 'in-page' && !plan.server && needsLive !== undefined)
      throw new SandboxError(`This example needs the live sandbox: ${needsLive}`);
    try {
      return await this.#networks[network].open(plan, this.#listener(attempt));
    } catch (problem) {
      if (!(problem instanceof NoSandboxError) || attempt !== this.#attempt) throw problem;
      batch(() => {
        this.ownRun.change({ network: 'in-page' });
        this.chosenNetwork.value = 'in-page';
      });
      this.log.add('note', problem.message);
      return await this.#open('in-page', plan, attempt);
    }
  }

  #begin(run: NetworkRun): void {
    this.#hasRun = true;
    this.#run = run;
    batch(() => {
      this.store.value = run.store;
      this.state.value = 'running';
    });
    run.begin();
  }

  /** Ends a run that has not begun. `problem` is undefined if the reader has been told. */
  #refuse(attempt: number, problem?: FileProblem): void {
    if (attempt !== this.#attempt) return;
    this.#notBegun();
    if (problem) this.#tellProblem(problem);
  }

  #tellProblem(problem: FileProblem): void {
    this.log.add('error', errorText(problem.file, problem.error));
    this.#options.onProgramError(problem);
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
    this.#faultAtStart = undefined;
    this.busy.value = new Set();
    return ++this.#attempt;
  }
}

/** Returns both networks. `pace` says how fast a run in this page goes. */
function networksOf(origin: string, pace: () => Pace): Record<NetworkName, RunNetwork> {
  const what = 'The part that runs programs';
  const live = async () => new (await import('./run/lazy-run.ts')).LiveNetwork(origin);
  const inPage = async () => new (await import('./run/lazy-in-page.ts')).InPageNetwork(pace);
  return {
    live: new LoadedNetwork(() => loadPart(what, live, unreachable(origin))),
    'in-page': new LoadedNetwork(() => loadPart(`${what} in this page`, inPage, unreachable(origin))),
  };
}

/** Returns what is to run, or the problem of a program that does not compile. */
function planOf({ client, server }: CompiledFiles, clients: number): RunPlan | FileProblem {
  const problem = [client, server].find((file) => file !== undefined && 'error' in file);
  if (problem) return problem as FileProblem;
  const names = Array.from({ length: clients }, (_, i) => clientName(i));
  return { client: client as Program, server: server as Program | undefined, clients: names };
}

/** `A`, `B` … */
const clientName = (index: number): string => String.fromCharCode(65 + index);
