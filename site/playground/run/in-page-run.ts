/** One run in the page: puts what its programs and its switch report onto its trace and the console. */
import type { Rest } from '../../../in-page/switch/switch.ts';
import type { WorkerItem } from '../../../protocol/messages/runner-messages.ts';
import type { TraceEvent } from '../../../protocol/trace/trace.ts';
import { inSeconds } from '../../../protocol/words/duration.ts';
import { pageClock } from '../clocks/page-clock.ts';
import type { RunListener } from '../networks/run-network.ts';
import { InPageTrace } from './in-page-trace.ts';
import { printItem } from './print-item.ts';

export interface InPageRunParts {
  listener: RunListener;
  /** Returns the name of a program's file. */
  fileOf(program: string): string;
  /** See `RunSettings`. */
  speed: number;
}

export class InPageRun {
  readonly store = new InPageTrace();
  readonly #parts: InPageRunParts;
  /** How far the run had got when it was last heard of, and when that was on the page's clock. */
  #heard = { run: 0, at: pageClock() };
  #isAtRest = false;

  constructor(parts: InPageRunParts) {
    this.#parts = parts;
  }

  /** How far the run has got by now, ms of the run. */
  get present(): number {
    if (this.#isAtRest) return this.#heard.run;
    return this.#heard.run + (pageClock() - this.#heard.at) * this.#parts.speed;
  }

  takeItem(program: string, item: WorkerItem): void {
    const { listener, fileOf } = this.#parts;
    const file = fileOf(program);
    printItem(item, { log: listener.log, file, program, onError: (error) => listener.onProgramError(file, error) });
  }

  busy(program: string, isBusy: boolean): void {
    this.#parts.listener.onBusy(program, isBusy);
  }

  takeEvents(events: TraceEvent[], now: number): void {
    this.#hear(now);
    this.store.take(events);
    this.#rest(false);
  }

  rested(rest: Rest, now: number): void {
    this.#hear(now);
    this.#rest(true);
    if (rest !== 'quiet') this.#parts.listener.log.add('note', boundWords(rest, now));
  }

  /** Tells why a connection was refused: the program that asked may not say which ports there are. */
  refused(program: string, port: number, listening: readonly number[]): void {
    this.#parts.listener.log.add('error', refusedWords(port, listening), program);
  }

  ended(why: string, program?: string): void {
    this.#parts.listener.onEnded(why, program);
  }

  /** The run is over: what is still under way will not arrive. */
  end(): void {
    if (!this.#isAtRest) this.store.stop(this.#heard.run);
  }

  #hear(now: number): void {
    // Never back: the picture already shows the time that was reckoned on.
    this.#heard = { run: Math.max(now, this.#parts.speed === Infinity ? 0 : this.present), at: pageClock() };
  }

  #rest(isAtRest: boolean): void {
    this.#isAtRest = isAtRest;
    this.#parts.listener.onRest(isAtRest);
  }
}

const boundWords = (rest: Exclude<Rest, 'quiet'>, now: number): string =>
  rest === 'time'
    ? `The run was ended after ${inSeconds(now)} of its own time: its programs would have gone on.`
    : `The run was ended after ${inSeconds(now)} of its own time: more happened in it than a page can take.`;

function refusedWords(port: number, listening: readonly number[]): string {
  const there =
    listening.length === 0
      ? 'no server listens on any port in this run'
      : `the server listens on ${listening.length === 1 ? 'port' : 'ports'} ${listening.join(', ')}`;
  return `Nobody listens on port ${port}, so the connection was refused: ${there}.`;
}
