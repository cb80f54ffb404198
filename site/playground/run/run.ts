/** One run: puts what its programs and the tap report onto its trace and the console, until everything is at rest. */
import { clientNameOf } from '../../../protocol/trace/client-name.ts';
import type { ProgramError, WorkerItem } from '../../../protocol/messages/runner-messages.ts';
import type { TraceEvent } from '../../../protocol/trace/trace.ts';
import type { ConsoleLog } from '../console-log.ts';
import { LiveTrace } from './live-trace.ts';
import { pageClock } from '../clocks/page-clock.ts';
import type { Session } from '../session/session.ts';
import { printItem } from './print-item.ts';
import { whenArrived } from './quiescence.ts';
import { Unconfirmed } from './unconfirmed.ts';
import { closingNote, refusalTold } from '../session/why-closed.ts';
import { Refusals } from '../session/why-refused.ts';
import { Unreached } from '../session/why-unreached.ts';

/** What a run needs and whom it tells. */
export interface RunParts {
  session: Session;
  /** The program's file, for error messages. */
  file: string;
  log: ConsoleLog;
  /** The current number of clients, and the link's current latency, ms. */
  clients(): number;
  latency(): number;
  onProgramError(error: ProgramError): void;
  /** Every program is at rest and nothing is on the way (true), or a program has gone on (false). */
  onRest(isResting: boolean): void;
}

export class Run {
  readonly session: Session;
  readonly store: LiveTrace;
  /** The page's clock at the trace's zero. */
  readonly startedAt = pageClock();
  readonly #parts: RunParts;
  readonly #atRest = new Set<string>();
  #stopSettling: () => void = () => undefined;
  readonly #refusals = new Refusals();
  readonly #unreached: Unreached;
  readonly #unconfirmed = new Unconfirmed((event) => this.#keepClientEvent(event));
  #clientEvents: TraceEvent[] = [];
  #hasEnded = false;
  #hasToldUnconfirmed = false;
  /** True once every program is at rest and everything on the way has arrived. */
  #isAtRest = false;

  constructor(parts: RunParts) {
    this.#parts = parts;
    this.session = parts.session;
    this.#unreached = new Unreached(parts.session.base);
    this.store = new LiveTrace(this.startedAt, parts.session.clock);
  }

  /** Takes what a client's program did. */
  take(client: string, item: WorkerItem): void {
    const { log, file, onProgramError } = this.#parts;
    // A program that has ended is at rest for good.
    if (item.type === 'idle' || item.type === 'closed') {
      this.#atRest.add(client);
      return this.#whenAllRest();
    }
    this.#atRest.delete(client);
    this.#isAtRest = false;
    this.#parts.onRest(false);
    if (item.type === 'event') this.#unconfirmed.fromClient(item.event);
    else printItem(item, { log, file, program: client, onError: onProgramError });
  }

  /** Takes what the tap saw. */
  takeServerEvents(events: TraceEvent[]): void {
    if (this.#hasEnded) return;
    this.#unconfirmed.fromServer(events);
    this.store.addFromServer(events);
    if (this.session.clock.isInDoubt) this.session.realign();
    for (const event of events) {
      const refusal = this.#refusals.take(event);
      if (refusal !== undefined) this.#parts.log.add('error', refusal, clientNameOf(event.connection));
    }
  }

  /** The tap ended though nobody closed it. `reason` is what the server said; undefined if it went away without a word. */
  lostTap(reason: string | undefined): void {
    if (this.#hasEnded) return;
    const why =
      reason === undefined
        ? 'The sandbox server went away: the timeline shows no more of what it saw. When it is back, press Run again.'
        : `The sandbox server ended this session: ${reason} The timeline shows no more of what it saw. Press Run for another session.`;
    this.#parts.log.add('error', why);
  }

  /** Stops taking events. The store keeps what was captured. */
  end(): void {
    this.session.close();
    this.#tellUnconfirmed();
    this.#hasEnded = true;
    this.#stopSettling();
    this.#flushClientEvents();
    if (!this.#isAtRest) this.store.stop(pageClock());
  }

  #keepClientEvent(event: TraceEvent): void {
    this.#clientEvents.push(event);
    if (this.#clientEvents.length === 1) queueMicrotask(() => this.#flushClientEvents());
    if (event.name === 'connection_closed') void this.#explain(event, clientNameOf(event.connection));
    if (event.name === 'exchange_ended' && event.cause === 'failed')
      void this.#explainFailed(event, clientNameOf(event.connection));
  }

  /** Says which connections the trace leaves out because only the program reported them. */
  #tellUnconfirmed(): void {
    const { connections } = this.#unconfirmed;
    if (connections.length === 0 || this.#hasToldUnconfirmed) return;
    this.#hasToldUnconfirmed = true;
    const shown = connections.slice(0, 5).join(', ') + (connections.length > 5 ? ' …' : '');
    const text = `The sandbox saw nothing of ${shown}: what the program reported of that is not in the trace.`;
    this.#parts.log.add('note', text);
  }

  #flushClientEvents(): void {
    this.store.addFromClient(this.#clientEvents.splice(0));
  }

  /** Says why a connection ended, because the program may not have asked. */
  async #explain(closed: Extract<TraceEvent, { name: 'connection_closed' }>, client: string): Promise<void> {
    this.#flushClientEvents();
    const { connections, events } = this.store.trace;
    const isOwn = (event: TraceEvent): boolean => event.at === 'client' && event.connection === closed.connection;
    const opened = events.some((event) => event.name === 'connection_opened' && isOwn(event));
    const givenUp = events.some((event) => event.name === 'close_called' && isOwn(event));
    const { url } = connections.find(({ id }) => id === closed.connection) ?? {};
    const refused = closed.code === 1006 && !opened && !givenUp && url !== undefined;
    const told = refused ? await refusalTold(() => events, closed.connection) : closingNote(closed);
    const text = told ?? (refused ? await this.#unreached.connection(closed.connection) : undefined);
    if (text !== undefined && !this.#hasEnded) this.#parts.log.add('error', text, client);
  }

  /** Says why a request never reached the sandbox. The tap reports those that did. */
  async #explainFailed({ connection, request }: Extract<TraceEvent, { name: 'exchange_ended' }>, client: string): Promise<void> {
    const text = await this.#unreached.request(() => this.store.trace.events, connection, request);
    if (text !== undefined && !this.#hasEnded) this.#parts.log.add('error', text, client);
  }

  #whenAllRest(): void {
    this.#stopSettling();
    const { clients, latency, onRest } = this.#parts;
    if (this.#atRest.size < clients()) return;
    this.#stopSettling = whenArrived(this.store, this.#unconfirmed, latency(), () => {
      this.#isAtRest = true;
      this.#tellUnconfirmed();
      onRest(true);
    });
  }
}
