/** One playground's state and what its controls do. The view reads the signals and calls the methods; nothing here knows the page. */
import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Flight } from '../../protocol/flight.ts';
import { idealLink, type LinkConditions } from '../../protocol/link.ts';
import type { ClientProgram, ProgramError, WorkerItem } from '../../protocol/runner-messages.ts';
import { emptyTrace, type Trace, type TraceEvent } from '../../protocol/trace.ts';
import { createRunner, type Runner } from '../runner/runner.ts';
import { pageClock } from './clock-alignment.ts';
import { ConsoleLog, errorText } from './console-log.ts';
import type { Session } from './session.ts';
import { Sessions } from './sessions.ts';
import { whenArrived } from './settle.ts';
import { TraceStore } from './trace-store.ts';

/** `resting`: the programs have done what they do at present, and what was on the way has arrived. */
export type RunState = 'ready' | 'starting' | 'running' | 'resting';

/** A program ready to run, or why it is not one. */
export type Compiled = { file: string; code: string } | { file: string; error: ProgramError };

/** What a playground starts with. */
export interface ModelOptions {
  /** Origin of the sandbox server. */
  origin: string;
  /** The recorded trace of the example as it stands. */
  recorded: Trace | undefined;
  conditions: Partial<LinkConditions>;
  clients: number;
  /** The program as it is in the editor now. */
  compile(): Promise<Compiled>;
  /** Shows an error of the program in the editor, or that there is none. */
  onProgramError(error: ProgramError | undefined): void;
}

/** Lanes that fit on a timeline. */
export const mostClients = 6;

export class PlaygroundModel {
  readonly state = signal<RunState>('ready');
  /** Clients whose program lets nothing else run. */
  readonly busy = signal<ReadonlySet<string>>(new Set());
  readonly clients: Signal<number>;
  readonly conditions: Signal<LinkConditions>;
  readonly store: Signal<TraceStore>;
  readonly selected = signal<Flight | undefined>(undefined);
  readonly log = new ConsoleLog();
  /** The trace's time now, while a run is on. */
  readonly live: ReadonlySignal<(() => number) | undefined>;

  readonly #options: ModelOptions;
  readonly #sessions: Sessions;
  readonly #initial: LinkConditions;
  #runner: Runner | undefined;
  #session: Session | undefined;
  #program: { file: string; code: string } | undefined;
  #startedAt = 0;
  #attempt = 0;
  #hasRun = false;
  readonly #atRest = new Set<string>();
  #stopSettling: () => void = () => undefined;
  #clientEvents: TraceEvent[] = [];

  constructor(options: ModelOptions) {
    this.#options = options;
    this.#sessions = new Sessions(options.origin);
    this.#initial = { ...idealLink, ...options.conditions };
    this.clients = signal(options.clients);
    this.conditions = signal(this.#initial);
    this.store = signal(TraceStore.of(options.recorded ?? emptyTrace()));
    this.live = computed(() => (this.state.value === 'running' ? () => pageClock() - this.#startedAt : undefined));
  }

  /** The trace of the reader's own last run: empty before it, and while the recorded one is shown. */
  ownTrace(): Trace {
    return this.#hasRun ? this.store.peek().document() : emptyTrace();
  }

  /** Gets ready for a Run that seems near: frame, Worker, session. */
  prepare(): void {
    this.#theRunner().prewarm();
    if (this.state.value === 'ready' || this.state.value === 'resting') this.#sessions.prepare(this.conditions.value);
  }

  /** Runs the program as it is in the editor, once for each client, on a trace of its own. */
  async run(): Promise<void> {
    this.#end();
    const attempt = ++this.#attempt;
    this.log.clear();
    this.#options.onProgramError(undefined);
    batch(() => {
      this.state.value = 'starting';
      this.selected.value = undefined;
    });
    try {
      const compiled = await this.#options.compile();
      if ('error' in compiled) throw compiled;
      const listener = {
        onEvents: (events: TraceEvent[]) => this.#onServerEvents(attempt, events),
        onLost: () => this.#onTapLost(attempt),
      };
      const session = await this.#sessions.take(this.conditions.value, listener);
      if (attempt !== this.#attempt) return session.close();
      this.#begin(session, compiled);
    } catch (problem) {
      if (attempt !== this.#attempt) return;
      this.state.value = 'ready';
      if (problem instanceof Error) this.log.add('error', problem.message);
      else this.#onError((problem as Extract<Compiled, { error: ProgramError }>).error);
    }
  }

  /** Ends the run at once. What was captured stays on the timeline. */
  stop(): void {
    const wasOn = this.state.value !== 'ready' && this.state.value !== 'resting';
    this.#attempt++;
    this.#end();
    this.state.value = 'ready';
    if (wasOn) this.log.add('note', 'Stopped.');
  }

  /** Back to the example as it was: its recorded trace, its conditions, an empty console. The view puts the code back. */
  reset(): void {
    this.#attempt++;
    this.#end();
    this.#hasRun = false;
    this.log.clear();
    this.#options.onProgramError(undefined);
    batch(() => {
      this.state.value = 'ready';
      this.selected.value = undefined;
      this.clients.value = this.#options.clients;
      this.conditions.value = this.#initial;
      this.store.value = TraceStore.of(this.#options.recorded ?? emptyTrace());
    });
  }

  /** One client more: at once where a run is on, else from the next Run. */
  addClient(): void {
    if (this.clients.value >= mostClients) return;
    const client = clientName(this.clients.value++);
    if (this.state.value === 'running' || this.state.value === 'resting') {
      if (!this.#program || !this.#runner?.isRunning) return;
      this.state.value = 'running';
      this.#runner.add({ client, ...this.#program });
    }
  }

  /** One client fewer from the next Run. */
  removeClient(): void {
    if (this.clients.value > 1) this.clients.value--;
  }

  /** Changes the link: for the run that is on too, from now on. */
  setConditions(changed: Partial<LinkConditions>): void {
    this.conditions.value = { ...this.conditions.value, ...changed };
    if (this.#session?.isOpen()) void this.#session.setConditions(changed);
  }

  #theRunner(): Runner {
    return (this.#runner ??= createRunner({
      sandbox: this.#options.origin,
      onItem: (client, item) => this.#onItem(client, item),
      onBusy: (client, isBusy) => {
        const busy = new Set(this.busy.value);
        if (isBusy) busy.add(client);
        else busy.delete(client);
        this.busy.value = busy;
      },
      onEnded: () => {
        this.#end();
        this.state.value = 'ready';
      },
    }));
  }

  #begin(session: Session, program: { file: string; code: string }): void {
    this.#session = session;
    this.#program = program;
    this.#startedAt = pageClock();
    this.#hasRun = true;
    const programs: ClientProgram[] = Array.from({ length: this.clients.value }, (_, i) => ({
      client: clientName(i),
      ...program,
    }));
    batch(() => {
      this.store.value = new TraceStore(this.#startedAt, session.clock);
      this.state.value = 'running';
    });
    this.#theRunner().start(programs, session.base);
  }

  #end(): void {
    this.#stopSettling();
    this.#atRest.clear();
    this.#flushClientEvents();
    this.#runner?.stop();
    this.#session?.close();
    this.#session = undefined;
    this.busy.value = new Set();
  }

  #onItem(client: string, item: WorkerItem): void {
    if (item.type === 'idle') {
      this.#atRest.add(client);
      return this.#whenAllRest();
    }
    this.#atRest.delete(client);
    if (this.state.value === 'resting') this.state.value = 'running';
    switch (item.type) {
      case 'event':
        this.#clientEvents.push(item.event);
        if (this.#clientEvents.length === 1) queueMicrotask(() => this.#flushClientEvents());
        return;
      case 'console':
        return this.log.add(item.level, item.text, client);
      case 'note':
        return this.log.add('note', item.text, client);
      case 'omitted':
        return this.log.add('note', `${item.count} lines left out: the program printed more than the page can show.`, client);
      case 'error':
        return this.#onError(item, client);
    }
  }

  #onError(error: ProgramError, client?: string): void {
    this.log.add('error', errorText(this.#program?.file ?? 'client.ts', error), client);
    this.#options.onProgramError(error);
  }

  #flushClientEvents(): void {
    this.store.value.addFromClient(this.#clientEvents.splice(0));
  }

  #onServerEvents(attempt: number, events: TraceEvent[]): void {
    if (attempt === this.#attempt && this.#startedAt > 0) this.store.value.addFromServer(events);
  }

  #onTapLost(attempt: number): void {
    if (attempt !== this.#attempt) return;
    this.log.add(
      'error',
      'The sandbox server went away: the timeline shows no more of what it saw. When it is back, press Run again.',
    );
  }

  /** Once every program rests and what is still on the way has arrived, the run has come to rest. */
  #whenAllRest(): void {
    this.#stopSettling();
    if (this.#atRest.size < this.clients.value) return;
    this.#stopSettling = whenArrived(
      () => this.store.value.flights,
      this.conditions.value.latency,
      () => (this.state.value = 'resting'),
    );
  }
}

/** `A`, `B` … */
const clientName = (index: number): string => String.fromCharCode(65 + index);
